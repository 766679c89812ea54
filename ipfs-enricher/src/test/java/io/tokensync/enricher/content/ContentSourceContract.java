package io.tokensync.enricher.content;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.enricher.content.ContentAnswer.Found;

import static org.assertj.core.api.Assertions.assertThat;

/** What every source does, whatever is behind it and around it. */
public abstract class ContentSourceContract {
    private static final Sample PRESENT = Sample.of("001" + "a".repeat(64));
    private static final Sample ABSENT = Sample.of("nobody has this");

    /** A source that has these and nothing else. */
    protected abstract ContentSource sourceWith(List<Sample> samples) throws Exception;

    /** A request for this as the record would make it if the source had it. */
    protected ContentRequest request(Sample sample) {
        return sample.request();
    }

    /** A request for what the source has not. */
    protected ContentRequest requestForAbsent(Sample sample) {
        return request(sample);
    }

    @Test
    void whatItHasIsFound() throws Exception {
        assertThat(sourceWith(List.of(PRESENT)).find(request(PRESENT))).isInstanceOfSatisfying(Found.class, found -> {
            assertThat(found.block()).isEqualTo(PRESENT.block());
            assertThat(found.source()).isNotBlank();
        });
    }

    @Test
    void whatItHasNotIsNotFound() throws Exception {
        assertThat(sourceWith(List.of(PRESENT)).find(requestForAbsent(ABSENT))).isInstanceOfSatisfying(Failed.class,
                failed -> {
                    assertThat(failed.reason()).isEqualTo(ContentFailure.NOT_FOUND);
                    assertThat(failed.detail()).isNotBlank();
                });
    }

    @Test
    void askingAgainGivesTheSame() throws Exception {
        ContentSource source = sourceWith(List.of(PRESENT));
        assertThat(source.find(request(PRESENT))).isEqualTo(source.find(request(PRESENT)));
        assertThat(source.find(requestForAbsent(ABSENT))).isEqualTo(source.find(requestForAbsent(ABSENT)));
    }

    @Test
    void hostileContentArrivesAsItIs() throws Exception {
        List<Sample> samples = Sample.HOSTILE.stream().map(Sample::of).toList();
        ContentSource source = sourceWith(samples);
        for (Sample sample : samples) {
            assertThat(source.find(request(sample))).as(sample.text()).isInstanceOfSatisfying(Found.class,
                    found -> assertThat(found.block()).isEqualTo(sample.block()));
        }
    }

    @Test
    void manyThreadsGetEachTheirOwn() throws Exception {
        List<Sample> samples = IntStream.range(0, 200).mapToObj(i -> Sample.of("content " + i / 2)).toList();
        ContentSource source = sourceWith(samples);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ContentAnswer>> questions = samples.stream()
                    .map(sample -> (Callable<ContentAnswer>) () -> source.find(request(sample))).toList();
            List<Future<ContentAnswer>> answers = threads.invokeAll(questions);
            for (int i = 0; i < samples.size(); i++) {
                Sample sample = samples.get(i);
                assertThat(answers.get(i).get()).isInstanceOfSatisfying(Found.class,
                        found -> assertThat(found.block()).isEqualTo(sample.block()));
            }
        }
    }
}
