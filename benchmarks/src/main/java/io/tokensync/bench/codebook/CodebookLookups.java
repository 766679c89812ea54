package io.tokensync.bench.codebook;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.tokensync.common.model.TokenLevels;
import io.tokensync.enricher.codebook.Codebook;
import io.tokensync.enricher.codebook.Levels;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.HashFunction;
import io.tokensync.ipfs.Multihash;
import io.tokensync.ipfs.WholeToken;

/**
 * Lookups of one thread, each with its proof. The tokens are random and new each time, so that no processor cache knows where
 * they stand; making their ids is not timed. Time is that of the processor, so that the figure is one core's on a busy
 * machine too.
 */
final class CodebookLookups {
    private static final int AT_ONCE = 20_000;
    private static final double NANOS = 1e9;
    private static final double KILO = 1e3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String ANONYMOUS = "RssAnon:";

    private CodebookLookups() {}

    /**
     * Looks tokens of the file up.
     *
     * @param count how many are measured, after half as many to warm up; in whole rounds
     */
    static LookupMeasurements measure(Path file, int count) throws IOException {
        int rounds = Math.ceilDiv(count, AT_ONCE);
        long start = System.nanoTime();
        Codebook codebook = Codebook.open(file);
        double opened = (System.nanoTime() - start) / NANOS;
        SplittableRandom random = new SplittableRandom(1);
        long lookups = 0;
        long hashes = 0;
        for (int round = -rounds / 2; round < rounds; round++) {
            List<byte[]> blocks = blocks(codebook.levels(), random);
            List<Cid> ids = blocks.stream().map(CodebookLookups::idOf).toList();
            long lookedUp = find(codebook, ids);
            long hashed = hash(blocks);
            lookups += round < 0 ? 0 : lookedUp;
            hashes += round < 0 ? 0 : hashed;
        }
        double all = (double) rounds * AT_ONCE * NANOS;
        return new LookupMeasurements(opened, all / lookups, all / hashes, anonymousMegabytes());
    }

    private static List<byte[]> blocks(Levels levels, SplittableRandom random) {
        int first = TokenLevels.firstOrdinal(levels.first());
        List<byte[]> blocks = new ArrayList<>(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            blocks.add(WholeToken.at(first + random.nextInt(levels.tokens())).block());
        }
        return blocks;
    }

    private static Cid idOf(byte[] block) {
        return Cid.v0(Multihash.of(HashFunction.SHA2_256, block));
    }

    private static long find(Codebook codebook, List<Cid> ids) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        for (Cid id : ids) {
            if (codebook.find(id).isEmpty()) {
                throw new IOException("the codebook does not know " + id);
            }
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private static long hash(List<byte[]> blocks) {
        long start = THREADS.getCurrentThreadCpuTime();
        int used = 0;
        for (byte[] block : blocks) {
            used += HashFunction.SHA2_256.digest(block)[0];
        }
        return THREADS.getCurrentThreadCpuTime() - start + (used == Integer.MIN_VALUE ? 1 : 0);
    }

    /** Memory of this process that is no mapped file; 0 where the system has no {@code /proc}. */
    private static double anonymousMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream().filter(line -> line.startsWith(ANONYMOUS))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum() / KILO
                : 0;
    }
}
