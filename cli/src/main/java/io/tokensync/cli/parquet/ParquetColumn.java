package io.tokensync.cli.parquet;

/**
 * A column of a Parquet file.
 *
 * @param name as readers show it
 * @param type of all its values
 */
public record ParquetColumn(String name, ParquetType type) {}
