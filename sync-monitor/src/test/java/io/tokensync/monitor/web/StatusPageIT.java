package io.tokensync.monitor.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tokensync.common.config.Secret;
import io.tokensync.common.http.Credentials;
import io.tokensync.common.http.ServerAccess;
import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.audit.AuditView.Open;
import io.tokensync.monitor.audit.Finding;
import io.tokensync.monitor.audit.FindingKind;
import io.tokensync.monitor.audit.Unanswered;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.probe.History.Sample;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.view.MonitorViews;
import io.tokensync.testkit.browser.Browser;
import io.tokensync.testkit.browser.Tab;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a real browser; its pictures are in {@code target/screenshots}. */
class StatusPageIT {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int TAB = 9;
    private static final int ENTER = 13;

    private static Browser browser;

    private final Clock clock = Clock.systemUTC();
    private final SimulatedFleet fleet = new SimulatedFleet(500, 1_000, clock);
    private List<StageInstance> instances = List.of();
    private volatile AuditView audit = AuditView.OFF;
    private StatusPage page;

    @BeforeAll
    static void startBrowser() throws Exception {
        Assumptions.assumeTrue(Browser.installed().isPresent(),
                "SKIPPED: no Chromium on this machine (Debian: apt-get install chromium), so nobody has looked at the page");
        Files.createDirectories(PICTURES);
        try {
            browser = Browser.start();
        } catch (IOException e) { // half installed, or not allowed to run here
            Assumptions.abort("SKIPPED: Chromium does not start on this machine: " + e.getMessage());
        }
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void closePage() {
        if (page != null) {
            page.close();
        }
    }

    @Test
    void fiveHundredNodesAndAThousandSessionsShowWithoutComplaint() throws Exception {
        instances = instances();
        audit = findings();
        for (boolean dark : new boolean[]{false, true}) {
            for (int width : new int[]{1440, 1280, 390}) {
                Tab tab = open(fleet, width, dark);
                await(tab, "document.querySelectorAll('#nodes-table tbody tr').length === 15");
                await(tab, "document.querySelectorAll('.finding').length === " + FindingKind.values().length);
                assertThat(tab.eval("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
                assertThat(tab.text("document.querySelector('#nodes-count').textContent")).isEqualTo("500 nodes");
                assertThat(tab.text("document.querySelector('#sessions-count').textContent"))
                        .isEqualTo("1,000 sessions");
                tab.screenshot(PICTURES.resolve("fleet-" + width + (dark ? "-dark" : "-light") + ".png"));
                assertThat(tab.complaints()).isEmpty();
                assertThat(tab.requests()).isNotEmpty().allMatch(url -> url.startsWith(address()));
            }
        }
    }

    @Test
    void aKindWithoutAnAnswerSaysSoAndWhatItHadBefore() throws Exception {
        audit = findings();
        Tab tab = open(fleet, 1200, false);
        await(tab, "document.querySelectorAll('.finding').length === " + FindingKind.values().length);
        assertThat(tab.text("document.querySelector('[data-key=holders_flip] summary').textContent"))
                .isEqualTo("?Holders that take turnsno answer");
        assertThat(tab.text("document.querySelector('[data-key=quiet_nodes] summary').textContent"))
                .isEqualTo("3Nodes gone quietno answer this time");
        assertThat(tab.text("document.querySelector('[data-key=quiet_nodes] .no-answer').textContent"))
                .startsWith("No answer: the database took longer than 120 s; allow more with")
                .contains("What is shown was found");
        assertThat(tab.text("document.querySelector('#audit-state').textContent"))
                .contains("2 kinds without an answer");
        await(tab,
                "document.querySelector('#attention').textContent.includes('2 kinds of finding without an answer: holders flip, quiet nodes')");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void whatChangesShowsWithoutReload() throws Exception {
        Tab tab = open(fleet, 1200, false);
        await(tab, "document.querySelector('.stage-rate') !== null");
        tab.eval("window.mark = 1");
        String before = tab.text("document.querySelector('.stage-rate').textContent");
        await(tab, "document.querySelector('.stage-rate').textContent !== '" + before + "'");
        audit = findings();
        await(tab, "document.querySelector('#attention').textContent.includes('kinds of contradiction')");
        assertThat(tab.eval("window.mark").asInt()).isEqualTo(1);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void theNameOfANodeIsNeverMarkup() throws Exception {
        String hostile = "<img src=x onerror=window.hit=1>\"'&{}javascript:";
        SimulatedFleet small = new SimulatedFleet(3, 4, clock).withName(1, hostile);
        Tab tab = open(small, 1000, false);
        await(tab, "document.querySelector('#nodes-table').textContent.includes('onerror')");
        assertThat(tab.text("document.querySelectorAll('img').length + ' ' + window.hit")).isEqualTo("0 undefined");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void theKeyboardFiltersAndOpensASession() throws Exception {
        Tab tab = open(fleet, 1200, false);
        await(tab, "document.querySelectorAll('#sessions-table tbody tr').length === 15");
        tab.eval(
                "document.querySelector('#sessions-status').focus(); document.querySelector('#sessions-status').value = 'STALLED';"
                        + "document.querySelector('#sessions-status').dispatchEvent(new Event('change'))");
        await(tab, "document.querySelectorAll('#sessions-table tbody tr').length === 1");
        tab.eval("document.querySelector('#sessions-q').focus()");
        tab.press("Tab", TAB);
        tab.press("Tab", TAB);
        assertThat(tab.text("document.activeElement.className")).isEqualTo("rowlink");
        tab.press("Enter", ENTER);
        await(tab, "!document.querySelector('#session-detail').hidden");
        assertThat(tab.text("document.querySelector('#session-detail').textContent")).contains("dead-lettered");
        assertThat(tab.text("document.activeElement.className")).isEqualTo("rowlink");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void everyControlHasANameAndEveryTableItsHeads() throws Exception {
        Tab tab = open(fleet, 1200, false);
        await(tab, "document.querySelectorAll('#nodes-table tbody tr').length === 15");
        assertThat(tab.text("[...document.querySelectorAll('input,select,button')].filter(e => !(e.labels?.length"
                + " || e.textContent.trim() || e.ariaLabel)).map(e => e.id).join()")).isEmpty();
        assertThat(tab
                .text("[...document.querySelectorAll('table')].filter(t => !t.querySelector('th[scope=col]')).length"))
                .isEqualTo("0");
        assertThat(tab.text("document.querySelectorAll('h1').length + document.documentElement.lang")).isEqualTo("1en");
    }

    @Test
    void aMonitorThatIsGoneIsSaidToBeGone() throws Exception {
        Tab tab = open(fleet, 1000, false);
        await(tab, "document.querySelector('#link').dataset.state === 'live'");
        int port = page.port();
        page.close();
        await(tab, "document.querySelector('#link').dataset.state === 'lost'");
        assertThat(tab.text("document.body.className")).isEqualTo("lost");
        tab.screenshot(PICTURES.resolve("lost-1000.png"));
        page = StatusPage.start(new PageSettings(true, "127.0.0.1", port, List.of()), sources(fleet), clock);
        await(tab, "document.querySelector('#link').dataset.state === 'live'");
    }

    /** Somebody who follows a link with the login in it; the browser keeps it for the addresses without. */
    @Test
    void withALoginThePageWorksAndWithoutItShowsNothing() throws Exception {
        Credentials login = new Credentials("operator", Optional.of(Secret.of("hunter2")), Optional.empty());
        page = StatusPage.start(new PageSettings(true, "127.0.0.1", 0,
                new ServerAccess(List.of(), Optional.of(login), Optional.empty())), sources(fleet), clock);
        Tab stranger = browser.open(1000, 900, false);
        stranger.go(address()); // where the browser asks a person, and goes no further
        for (String opened : List.of(address().replace("//", "//operator:hunter2@"), address())) {
            Tab known = browser.open(1000, 900, false);
            known.go(opened);
            await(known, "document.querySelectorAll('#nodes-table tbody tr').length === 15");
            await(known, "document.querySelector('#link').dataset.state === 'live'");
            assertThat(known.complaints()).isEmpty();
        }
        assertThat(stranger.requests()).containsExactly(address());
        assertThat(stranger.text("document.body.textContent")).isEmpty();
    }

    @Test
    void anEmptyInstallationSaysWhatToDo() throws Exception {
        Tab tab = open(new SimulatedFleet(0, 0, clock), 1000, false);
        await(tab, "document.querySelector('#nodes-table').textContent.includes('tokensync scanner')");
        tab.screenshot(PICTURES.resolve("empty-1000.png"));
        assertThat(tab.complaints()).isEmpty();
    }

    private Tab open(MonitorViews views, int width, boolean dark) throws InterruptedException {
        if (page != null) {
            page.close();
        }
        page = StatusPage.start(PageSettings.anyPort(), sources(views), clock);
        Tab tab = browser.open(width, 900, dark);
        tab.go(address());
        return tab;
    }

    private String address() {
        return "http://127.0.0.1:" + page.port() + "/";
    }

    private PageSources sources(MonitorViews views) {
        return new PageSources(views, () -> instances,
                () -> new Backlog(clock.instant(), Map.of("enricher", 5_120L, "writer", 18_344L)),
                this::history, () -> audit, Duration.ofMinutes(30));
    }

    private List<Sample> history() {
        Instant now = clock.instant();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double swing = Math.sin(i / 21.0) + 0.3 * Math.sin(i / 3.0);
            samples.add(new Sample(now.minusSeconds(600 - i * 2L),
                    List.of(11_400 + 2_100 * swing, 10_900 + 1_900 * swing,
                            i > 190 && i < 230 ? 0.0 : 9_800 + 1_500 * swing),
                    List.of(5_000L + (long) (900 * swing), 18_000L + (i > 190 ? 9_000L : 0))));
        }
        return samples;
    }

    private List<StageInstance> instances() {
        Instant since = clock.instant().minus(Duration.ofMinutes(12));
        return List.of(new StageInstance("scanner", "10.20.0.11:9404", "RUNNING", since, null, null),
                new StageInstance("enricher", "enricher-0:9404", "RUNNING", since, null, null),
                new StageInstance("writer", "writer-0:9405", "RUNNING", since, null, null),
                new StageInstance("writer", "writer-1:9405", "WAITING", since, "ENVIRONMENT",
                        "SQL error 40544: the database has reached its size quota"));
    }

    private AuditView findings() {
        List<Finding> findings = new ArrayList<>();
        for (FindingKind kind : FindingKind.values()) {
            boolean found = kind == FindingKind.FREE_ON_SEVERAL_NODES || kind == FindingKind.QUIET_NODES;
            findings.add(new Finding(kind, found ? 3 : 0, List.of("token_id", "node_name", "source_ip"), found
                    ? List.of(List.of("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG", "node003", "10.20.0.11"),
                            List.of("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG", "node212", "10.20.0.22"))
                    : List.of()));
        }
        findings.removeIf(finding -> finding.kind() == FindingKind.HOLDERS_FLIP);
        return new AuditView(AuditView.State.DONE, clock.instant(), Duration.ofSeconds(3), null, findings,
                List.of(open(FindingKind.HOLDERS_FLIP, null),
                        open(FindingKind.QUIET_NODES, clock.instant().minus(Duration.ofMinutes(15)))));
    }

    private static Open open(FindingKind kind, Instant answered) {
        return new Open(new Unanswered(kind, "the database took longer than 120 s; allow more with query-timeout "
                + "(monitor.sql.query-timeout)"), answered);
    }

    private static void await(Tab tab, String condition) {
        Awaitility.await(condition).atMost(BOUND).until(() -> tab.eval("Boolean(" + condition + ")").asBoolean());
    }
}
