package io.tokensync.chaos.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;

import io.tokensync.chaos.cluster.ChaosSettings;
import io.tokensync.chaos.cluster.Installation;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.topics.Topics;
import io.tokensync.common.time.Sleeper;
import io.tokensync.simulator.truth.Truth;
import io.tokensync.standalone.demo.jdbc.TableVerdict;

/** What must hold when the faults are over and everything has had time to arrive. */
public final class EndCheck {
    private static final int SHOWN = 10;

    private final Installation installation;
    private final ChaosSettings settings;
    private final Sleeper sleeper;
    private final List<String> broken = new ArrayList<>();
    private TableVerdict table;

    public EndCheck(Installation installation, ChaosSettings settings, Sleeper sleeper) {
        this.installation = installation;
        this.settings = settings;
        this.sleeper = sleeper;
    }

    /** Waits for the table, and then for everything else; returns what does not hold, one sentence each. */
    public List<String> run(Truth truth, Poison poison, OffsetCheck offsets) throws Exception {
        Duration bound = settings.bounds().drain();
        try (Admin admin = installation.kafka().admin("chaos-end")) {
            if (!Installation.await(bound, sleeper, () -> isDrained(admin))) {
                broken.add("the groups have not read everything within " + bound + ": " + lags(admin));
            }
            Installation.await(bound, sleeper, () -> {
                table = installation.table().compare(truth);
                return table.holds();
            });
            addTable();
            add("committed and not in the table", offsets.look(admin));
        }
        Installation.await(bound, sleeper, () -> installation.table().unaccountedSessions().isEmpty());
        add("session without an end", installation.table().unaccountedSessions());
        add("session that does not add up", installation.table().unbalancedSessions());
        add("dead letters", poison.differences(installation.kafka(), truth));
        return List.copyOf(broken);
    }

    /** How the table compares. */
    public TableVerdict table() {
        return table;
    }

    private void addTable() {
        if (!table.holds()) {
            broken.add("the table is not the truth: of " + table.expected() + " rows " + table.missing() + " missing, "
                    + table.differing() + " different, " + table.unexpected() + " too many");
            broken.addAll(table.examples());
        }
    }

    private void add(String what, List<String> found) {
        found.stream().limit(SHOWN).forEach(each -> broken.add(what + ": " + each));
        if (found.size() > SHOWN) {
            broken.add(what + ": " + (found.size() - SHOWN) + " more");
        }
    }

    private static boolean isDrained(Admin admin) throws InterruptedException {
        ConsumerLag lag = new ConsumerLag(admin);
        return lag.isDrained("tokensync-enricher", List.of(Topics.SCANNED))
                && lag.isDrained(OffsetCheck.GROUP, List.of(Topics.ENRICHED));
    }

    private static String lags(Admin admin) throws InterruptedException {
        return new ConsumerLag(admin).of("tokensync-enricher", List.of(Topics.SCANNED)) + " "
                + new ConsumerLag(admin).of(OffsetCheck.GROUP, List.of(Topics.ENRICHED));
    }
}
