/** Writes the file format Parquet: its pages by itself, its headers and its footer by the structures of the format. */
package io.tokensync.cli.parquet;
