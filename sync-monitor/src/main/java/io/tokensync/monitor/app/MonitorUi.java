package io.tokensync.monitor.app;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.StageGroups;
import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.alert.AlertService;
import io.tokensync.monitor.alert.AlertSources;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.AuditWatch;
import io.tokensync.monitor.audit.jdbc.AuditDatabase;
import io.tokensync.monitor.deadletter.DeadLetterStore;
import io.tokensync.monitor.probe.History;
import io.tokensync.monitor.probe.LagWatch;
import io.tokensync.monitor.probe.Repeating;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.probe.StageProbe;
import io.tokensync.monitor.reconciliation.streams.GroupLeadership;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.TokenTable;
import io.tokensync.monitor.table.jdbc.TableDatabase;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.monitor.web.PageSources;
import io.tokensync.monitor.web.StatusPage;
import io.tokensync.monitor.web.Workbench;

/** The watches and the page, from start to close. */
public final class MonitorUi implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MonitorUi.class);
    private static final Duration OFTEN = Duration.ofSeconds(2);
    private static final Duration SELDOM = Duration.ofSeconds(15);
    /** How long the end of a cancelled audit is waited for. */
    private static final Duration AUDIT_LONGEST_WAIT = Duration.ofSeconds(30);

    private final Closer closer = new Closer();
    private final MonitorUiConfig config;
    private final Monitored monitored;
    private final Clock clock;
    private final Sleeper sleeper;
    private StatusPage page;

    /**
     * The monitor that it belongs to.
     *
     * @param kafka its cluster
     * @param group the name that the monitors share
     * @param topic that all of them read
     * @param deadLetterTopic where what was rejected is
     * @param brokerOption of the commands that the page shows, which says where the broker is
     * @param views what it knows
     * @param neighbours stages in its own process
     */
    public record Monitored(KafkaClients kafka, String group, String topic, String deadLetterTopic,
            String brokerOption, MonitorViews views,
            Supplier<List<StageInstance>> neighbours) {}

    private MonitorUi(MonitorUiConfig config, Monitored monitored, Clock clock, Sleeper sleeper) {
        this.config = config;
        this.monitored = monitored;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Starts what the configuration asks for; what it does not ask for costs nothing. */
    public static MonitorUi start(MonitorUiConfig config, Monitored monitored, Metrics metrics, Clock clock,
            Sleeper sleeper) {
        MonitorUi monitorUi = new MonitorUi(config, monitored, clock, sleeper);
        try {
            monitorUi.start(metrics);
            return monitorUi;
        } catch (RuntimeException e) {
            monitorUi.closer.closeAfter(e);
            throw e;
        }
    }

    /** Where the page is; empty when there is none. */
    public Optional<URI> page() {
        return Optional.ofNullable(page).map(StatusPage::address);
    }

    @Override
    public void close() {
        closer.close();
    }

    private void start(Metrics metrics) {
        Supplier<AuditView> audit = audit();
        MonitorMetrics.register(metrics, monitored.views(), audit, config.silence(), clock);
        if (!config.page().enabled() && !config.alerts().isOn()) {
            return;
        }
        StageProbe probe = closer.register(new StageProbe(config.stages(), clock));
        repeat("watch-stages", OFTEN, probe::look);
        Supplier<List<StageInstance>> stages = () -> Stream
                .concat(monitored.neighbours().get().stream(), probe.get().stream()).toList();
        Optional<TableDatabase> table = config.audit()
                .map(settings -> closer.register(new TableDatabase(settings.sql())));
        Supplier<Map<NodeName, Map<String, Object>>> verifications = table
                .<Supplier<Map<NodeName, Map<String, Object>>>>map(this::watch).orElse(Map::of);
        if (config.page().enabled()) {
            startPage(stages, audit,
                    new Workbench(table.map(Function.identity()), verifications, deadLetters(metrics)));
        }
        if (config.alerts().isOn()) {
            GroupLeadership leadership = closer.register(GroupLeadership.start(monitored.kafka(),
                    StageGroups.alerts(monitored.group()), monitored.topic(), sleeper));
            AlertSources sources = new AlertSources(monitored.views(), stages, audit, verifications);
            closer.register(AlertService.start(config.alerts(), sources, leadership::leads, metrics, clock, sleeper));
        }
    }

    private void startPage(Supplier<List<StageInstance>> stages, Supplier<AuditView> audit, Workbench workbench) {
        Admin admin = closer.register(monitored.kafka().admin("tokensync-monitor-page"));
        LagWatch lag = new LagWatch(admin, config.readings(), clock);
        History history = new History(monitored.views(), lag, clock);
        repeat("watch-lag", OFTEN, lag::look);
        repeat("watch-rates", OFTEN, history::look);
        PageSources sources = new PageSources(monitored.views(), stages, lag, history::samples, audit,
                config.silence(), workbench);
        page = closer.register(StatusPage.start(config.page(), sources, clock));
        log.atInfo().setMessage("status page").addKeyValue("host", config.page().host())
                .addKeyValue("port", page.port()).log();
    }

    private DeadLetterStore deadLetters(Metrics metrics) {
        DeadLetterStore deadLetters = new DeadLetterStore(monitored.brokerOption());
        closer.register(DeadLetterFollower.start(monitored.kafka(), monitored.deadLetterTopic(), deadLetters, metrics,
                clock, sleeper));
        return deadLetters;
    }

    private VerificationWatch watch(TokenTable table) {
        VerificationWatch verifications = new VerificationWatch(table);
        repeat("watch-verifications", SELDOM, verifications::look);
        return verifications;
    }

    private Supplier<AuditView> audit() {
        return config.audit().<Supplier<AuditView>>map(this::watch).orElse(() -> AuditView.OFF);
    }

    private AuditWatch watch(AuditSettings settings) {
        AuditWatch watch = new AuditWatch(new AuditDatabase(settings.sql(), settings.quiet(), clock), clock);
        closer.register(Repeating.start("audit", settings.interval(), sleeper, watch::look, AUDIT_LONGEST_WAIT));
        closer.register(watch);
        return watch;
    }

    private void repeat(String name, Duration pause, Repeating.Task task) {
        closer.register(Repeating.start(name, pause, sleeper, task));
    }
}
