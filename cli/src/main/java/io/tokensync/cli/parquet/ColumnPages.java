package io.tokensync.cli.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** The values of one column in one group of rows: pages that are written and compressed, and the one that is being filled. */
final class ColumnPages {
    /** A page is an end of compression: larger ones compress better, and one of each column is in memory uncompressed. */
    private static final int PAGE_BYTES = 128 << 10;

    private static final int PAGE_VALUES = 20_000;

    private final ParquetColumn column;
    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private final DefinitionLevels levels = new DefinitionLevels();
    private final PlainValues values = new PlainValues();
    private long count;
    private long uncompressed;

    ColumnPages(ParquetColumn column) {
        this.column = column;
    }

    /** Adds the next value, as its type says. */
    void add(Object value) throws IOException {
        levels.add(value != null);
        count++;
        if (value != null) {
            switch (column.type()) {
                case INTEGER, TIME -> values.int64((Long) value);
                case NUMBER -> values.int64(Double.doubleToRawLongBits((Double) value));
                case TRUTH -> values.bit((Boolean) value);
                case TEXT -> values.text(((String) value).getBytes(StandardCharsets.UTF_8));
            }
        }
        if (values.size() >= PAGE_BYTES || levels.count() >= PAGE_VALUES) {
            endPage();
        }
    }

    /** Bytes in memory. */
    long size() {
        return (long) pages.size() + values.size();
    }

    /**
     * Writes the pages.
     *
     * @param offset where in the file the first one comes to lie
     * @return what the footer says of them
     */
    ColumnChunk writeTo(OutputStream out, long offset) throws IOException {
        endPage();
        pages.writeTo(out);
        ColumnMetaData about = new ColumnMetaData(column.type().physical(), List.of(Encoding.PLAIN, Encoding.RLE),
                List.of(column.name()), CompressionCodec.GZIP, count, uncompressed, pages.size(), offset);
        return new ColumnChunk(0).setMeta_data(about);
    }

    private void endPage() throws IOException {
        if (levels.count() == 0) {
            return;
        }
        DataPageHeader header = new DataPageHeader(levels.count(), Encoding.PLAIN, Encoding.RLE, Encoding.RLE);
        PlainValues page = new PlainValues();
        levels.moveTo(page);
        page.move(values);
        byte[] compressed = compressed(page.toByteArray());
        CRC32 sum = new CRC32();
        sum.update(compressed);
        int before = pages.size();
        Util.writePageHeader(new PageHeader(PageType.DATA_PAGE, page.size(), compressed.length)
                .setCrc((int) sum.getValue()).setData_page_header(header), pages);
        uncompressed += pages.size() - before + page.size();
        pages.write(compressed, 0, compressed.length);
    }

    private static byte[] compressed(byte[] page) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(page.length / 4 + 64);
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(page);
        }
        return compressed.toByteArray();
    }
}
