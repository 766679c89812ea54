package io.tokensync.scanner;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.ScanTally;
import io.tokensync.scanner.fixture.Topic;

import static org.assertj.core.api.Assertions.assertThat;

/** What an agent's receipts must be beside what it has published, whatever was killed when. */
final class Receipts {
    private Receipts() {}

    /**
     * Nothing is receipted that is not on the topic; of a pass that ended everything on the topic is receipted, and the
     * counts are those of the records; nothing of a pass is told before the pass is.
     */
    static void assertTrue(Topic topic) {
        Map<ReceiptScope, Set<Long>> published = topic.records().stream().collect(Collectors.groupingBy(
                ReceiptScope::of, Collectors.mapping(TokenRecord::recordVersion, Collectors.toSet())));
        Map<ReceiptScope, VersionSet> receipted = new HashMap<>();
        Map<ReceiptScope, ScanTally> tallies = new HashMap<>();
        Set<String> begun = new HashSet<>();
        Set<String> ended = new HashSet<>();
        for (Receipt receipt : topic.receipts()) {
            switch (receipt) {
                case Receipt.PassStarted pass -> begun.add(pass.sessionId());
                case Receipt.DatabaseScanned scanned -> {
                    assertThat(begun).as("announced").contains(scanned.scope().sessionId());
                    receipted.merge(scanned.scope(), scanned.versions(), VersionSet::plus);
                    tallies.put(scanned.scope(), scanned.scan());
                }
                case Receipt.PassEnded pass -> ended.add(pass.sessionId());
                default -> {
                    // Nothing else counts.
                }
            }
        }
        receipted.forEach((scope, versions) -> {
            VersionSet onTopic = set(published.getOrDefault(scope, Set.of()));
            assertThat(versions.minus(onTopic)).as("receipted, not published").isEqualTo(VersionSet.NONE);
            if (ended.contains(scope.sessionId())) {
                assertThat(versions).isEqualTo(onTopic);
            }
            assertThat(tallies.get(scope).published()).isEqualTo(versions.size());
        });
        published.keySet().stream().filter(scope -> ended.contains(scope.sessionId()))
                .forEach(scope -> assertThat(receipted).containsKey(scope));
    }

    private static VersionSet set(Set<Long> versions) {
        return VersionSet.of(versions.stream().mapToLong(Long::longValue).toArray());
    }
}
