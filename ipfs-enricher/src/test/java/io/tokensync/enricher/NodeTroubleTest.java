package io.tokensync.enricher;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tokensync.common.config.Settings;
import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.model.Content;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.runtime.Closer;
import io.tokensync.enricher.content.ContentFailure;
import io.tokensync.enricher.content.Sample;
import io.tokensync.enricher.handler.EnrichmentHandler;
import io.tokensync.enricher.handler.HandlerFixture;
import io.tokensync.enricher.handler.Records;
import io.tokensync.testkit.ipfs.NodeAnswer;
import io.tokensync.testkit.ipfs.ScriptedIpfsNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever a node does: every row passes, the reason is counted, and no connection and no thread is left of it. */
class NodeTroubleTest {
    private static final int ROWS = 10;
    private static final String LONGEST_WAIT = "30s";
    private static final String IMPATIENCE = "150ms";

    private final ScriptedIpfsNode node = ScriptedIpfsNode.start();
    private final ScriptedIpfsNode stranger = ScriptedIpfsNode.start();
    private final HandlerFixture handlers = new HandlerFixture();
    private final Closer closer = new Closer();

    /** What a node does with a block, and what the row says then. */
    enum Trouble {
        NOT_HERE(_ -> NodeAnswer.status(404, "no"), ContentFailure.NOT_FOUND),
        SILENCE(_ -> NodeAnswer.silence(), ContentFailure.TIMEOUT),
        STALL_MIDWAY(NodeAnswer::stallMidway, ContentFailure.TIMEOUT),
        TRUNCATED(NodeAnswer::truncated, ContentFailure.UNAVAILABLE),
        TRUNCATED_UNNOTICED(NodeAnswer::truncatedUnnoticed, ContentFailure.MISMATCH),
        OTHER_BYTES(_ -> NodeAnswer.bytes("<html>".getBytes(StandardCharsets.UTF_8)), ContentFailure.MISMATCH),
        HUGE(_ -> NodeAnswer.huge(1L << 40), ContentFailure.SAID_TOO_LARGE),
        ENDLESS(_ -> NodeAnswer.endless(), ContentFailure.SAID_TOO_LARGE),
        BUSY(_ -> NodeAnswer.busy(429, "60"), ContentFailure.THROTTLED),
        RESET(_ -> NodeAnswer.reset(), ContentFailure.UNAVAILABLE),
        GARBAGE(_ -> NodeAnswer.garbage(), ContentFailure.UNAVAILABLE);

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final Function<byte[], NodeAnswer> answer;
        private final ContentFailure reason;

        Trouble(Function<byte[], NodeAnswer> answer, ContentFailure reason) {
            this.answer = answer;
            this.reason = reason;
        }
    }

    @AfterEach
    void close() {
        closer.close();
        handlers.close();
        node.close();
        stranger.close();
    }

    static Stream<Arguments> troubles() {
        return Stream.of("kubo", "gateway")
                .flatMap(kind -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(kind, trouble)));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void everyTroubleIsCountedAndLeavesNothing(String kind, Trouble trouble) throws Exception {
        Set<Thread> before = clientThreads();
        // A node that asks to be left alone is left alone.
        ContentFailure other = trouble == Trouble.BUSY ? ContentFailure.UNAVAILABLE : trouble.reason;
        assertThat(reasons(kind, trouble.reason == ContentFailure.TIMEOUT ? IMPATIENCE : LONGEST_WAIT, trouble.answer))
                .hasSize(ROWS).isSubsetOf(trouble.reason, other);
        assertThat(fetches(kind, trouble)).isPositive();
        assertNothingIsLeft(before);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRedirectToAnotherHostIsNotFollowed(String kind) throws Exception {
        Set<Thread> before = clientThreads();
        assertThat(reasons(kind, LONGEST_WAIT, _ -> NodeAnswer.redirect(stranger.address()))).hasSize(ROWS)
                .containsOnly(ContentFailure.UNAVAILABLE);
        assertThat(stranger.requests()).isEmpty();
        assertNothingIsLeft(before);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersLeaveNothingEither(String kind) throws Exception {
        Set<Thread> before = clientThreads();
        List<Content> contents = contents(kind, LONGEST_WAIT, NodeAnswer::bytes);
        assertThat(contents).hasSize(ROWS).allSatisfy(content -> assertThat(content)
                .isInstanceOfSatisfying(Content.Fetched.class, found -> assertThat(found.source()).isEqualTo(kind)));
        assertThat(handlers.metrics.count(MetricNames.ENRICHER_CONTENTS, "fetched", kind)).isEqualTo(ROWS);
        assertNothingIsLeft(before);
    }

    static Stream<String> kinds() {
        return Stream.of("kubo", "gateway");
    }

    /** Why the rows have no content; each of them is in the metric. */
    private List<ContentFailure> reasons(String kind, String longestWait, Function<byte[], NodeAnswer> answer)
            throws Exception {
        List<ContentFailure> reasons = contents(kind, longestWait, answer).stream()
                .map(content -> ((Content.Failed) content).error().split(": ", 3)[1])
                .map(code -> Stream.of(ContentFailure.values())
                        .filter(f -> f.code().equals(code) && !f.isFinal()).findAny()
                        .orElseThrow())
                .toList();
        reasons.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .forEach((reason, rows) -> assertThat(
                        handlers.metrics.count(MetricNames.ENRICHER_CONTENTS, reason.code(), "none"))
                        .isEqualTo((double) rows));
        return reasons;
    }

    private List<Content> contents(String kind, String longestWait, Function<byte[], NodeAnswer> answer)
            throws Exception {
        List<Sample> samples = IntStream.range(0, ROWS).mapToObj(i -> Sample.of("content " + i)).toList();
        samples.forEach(sample -> node.on(sample.cid().toString(), answer.apply(sample.block().bytes())));
        EnrichmentHandler handler = handlers.rows(sources(kind, longestWait).elsewhere(), HandlerFixture.LONGEST_WAIT);
        return handler.handle(HandlerFixture.batch(samples.stream().map(Records::of).toArray(TokenRecord[]::new)))
                .stream().filter(record -> record.topic().equals("enriched")).map(NodeTroubleTest::content).toList();
    }

    private static Content content(ProducerRecord<byte[], byte[]> record) {
        return Records.read(record).content();
    }

    private ContentSources sources(String kind, String longestWait) {
        Settings settings = Settings.of(Map.of("enricher." + kind + ".endpoints", List.<URI>of(node.address()),
                "enricher." + kind + ".connect-timeout", LONGEST_WAIT, "enricher." + kind + ".first-byte-timeout",
                longestWait,
                "enricher." + kind + ".total-timeout", longestWait));
        ContentSettings content = settings.build(() -> ContentSettings.from(settings)).orElseThrow();
        settings.check();
        return new ContentSources(content, Duration.ofMinutes(1), handlers.metrics.registry(), Clock.systemUTC(),
                closer);
    }

    /** How often the source itself said so; it does not see what verification sees. */
    private long fetches(String kind, Trouble trouble) {
        String outcome = trouble.reason == ContentFailure.MISMATCH ? "found" : trouble.reason.code();
        return handlers.metrics.times(MetricNames.ENRICHER_FETCH_DURATION, kind, outcome);
    }

    private void assertNothingIsLeft(Set<Thread> before) {
        closer.close();
        await().untilAsserted(() -> {
            assertThat(node.openConnections()).isZero();
            assertThat(clientThreads()).isSubsetOf(before);
        });
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("HttpClient"))
                .collect(Collectors.toSet());
    }
}
