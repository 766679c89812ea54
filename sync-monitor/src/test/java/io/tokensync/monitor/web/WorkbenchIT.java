package io.tokensync.monitor.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.deadletter.DeadLetterStore;
import io.tokensync.monitor.deadletter.DeadLetters;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.table.jdbc.SampleTable;
import io.tokensync.monitor.table.jdbc.TableDatabase;
import io.tokensync.testkit.browser.Browser;
import io.tokensync.testkit.browser.Tab;

import static org.assertj.core.api.Assertions.assertThat;

/** Search, tokens, owners, nodes and dead letters in a real browser; the pictures are in {@code target/screenshots}. */
class WorkbenchIT {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final String TOKEN = "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG";
    private static final String PART = "QmPart1111111111111111111111111111111111111111";
    private static final String ALICE = "bafybmifalice22xmekpqtuxdq2i5mzhnxnsdhoz7zqxmvxjqpvcmvwdhu4";
    private static final String BOB = "bafybmifbob2222xmekpqtuxdq2i5mzhnxnsdhoz7zqxmvxjqpvcmvwdhu4";
    private static final String HOSTILE = "<img src=x onerror=window.hit=1>\"'&{}/?#%javascript:";
    private static final String[] MACHINES = {"10.20.0.11", "10.20.0.12"};
    private static final int ENTER = 13;
    private static Browser browser;
    @TempDir
    private Path directory;
    private final Clock clock = Clock.systemUTC();
    private final SimulatedFleet fleet = new SimulatedFleet(40, 60, clock);
    private final DeadLetterStore deadLetters = new DeadLetterStore("--config writer.yaml");
    private SampleTable sample;
    private TableDatabase table;
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

    @BeforeEach
    void start() throws Exception {
        sample = SampleTable.in(directory);
        table = new TableDatabase(sample.settings());
        deadLetters.incompleteBecause(() -> null);
        page = StatusPage.start(PageSettings.anyPort(),
                new PageSources(fleet, List::of, () -> Backlog.UNKNOWN, List::of, () -> AuditView.OFF,
                        Duration.ofMinutes(30),
                        new Workbench(Optional.of(table), this::verifications, deadLetters)),
                clock);
    }

    @AfterEach
    void stop() throws Exception {
        page.close();
        table.close();
        sample.close();
    }

    @Test
    void everyViewShowsOnEveryScreenWithoutComplaint() throws Exception {
        fill();
        Map<String, String> views = new HashMap<>(Map.of("search", "#/search?did=" + ALICE + "&validity=any", "token",
                "#/token/" + TOKEN, "part", "#/token/" + PART, "owner", "#/owner/" + ALICE, "node",
                "#/node/10.20.0.11/node003", "dead-letters", "#/dead-letters", "rejected", "#/search?min=1"));
        views.forEach((name, address) -> {
            for (int width : new int[]{1280, 390}) {
                for (boolean dark : new boolean[]{false, true}) {
                    look(name, address, width, dark);
                }
            }
        });
    }

    private void look(String name, String address, int width, boolean dark) {
        try {
            Tab tab = open(address, width, dark);
            await(tab,
                    "document.querySelector('#view h2') && !document.querySelector('#view').textContent.includes('Asking')");
            tab.eval("document.querySelectorAll('#view details').forEach((one, i) => { if (i < 2) one.open = true; })");
            assertThat(tab.eval("document.documentElement.scrollWidth").asInt()).as(name).isLessThanOrEqualTo(width);
            tab.screenshot(PICTURES.resolve("view-" + name + "-" + width + (dark ? "-dark" : "-light") + ".png"));
            assertThat(tab.complaints().stream().filter(text -> !text.contains("400"))).as(name).isEmpty();
            assertThat(tab.requests()).allMatch(url -> url.startsWith(address()));
            assertThat(tab.text("[...document.querySelectorAll('input,select,button')].filter(e => !(e.labels?.length"
                    + " || e.textContent.trim() || e.ariaLabel)).map(e => e.name || e.id).join()")).as(name).isEmpty();
            assertThat(tab.text(
                    "[...document.querySelectorAll('table')].filter(t => !t.querySelector('th[scope=col]')).length"))
                    .as(name).isEqualTo("0");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLinkThatIsSentShowsTheSameAndTheWayBackIsTheBrowsers() throws Exception {
        fill();
        Tab tab = open("#/search?token=QmYw*", 1280, false);
        await(tab, "document.querySelectorAll('#view tbody tr').length === 2");
        tab.eval("document.querySelector('#view tbody a').click()");
        await(tab, "location.hash === '#/token/" + TOKEN + "' && document.querySelector('.timeline rect')");
        assertThat(tab.text("document.title")).startsWith("Token " + TOKEN);
        assertThat(tab.text("document.querySelector('#view').textContent")).contains("2 nodes list it as free",
                "equal as of", PART, "level");
        tab.eval("history.back()");
        await(tab, "location.hash.startsWith('#/search') && document.querySelectorAll('#view tbody tr').length === 2");
        tab.eval("document.querySelector('a[href=\"#fleet\"]').click()");
        await(tab, "document.querySelector('#view').hidden && document.querySelector('#nodes-table').offsetHeight > 0");
        assertThat(tab.text("document.querySelector('#nodes-table').textContent")).contains("equal as of",
                "3,400,000 rows");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void theKeyboardSearchesAndPagesOn() throws Exception {
        sample.inOneTransaction(() -> {
            for (int i = 0; i < 70; i++) {
                sample.row(Map.of("token_id", "Qm%02d".formatted(i), "did", ALICE));
            }
        });
        Tab tab = open("#/search", 1280, false);
        await(tab, "document.querySelector('input[name=did]')");
        tab.eval(
                "document.querySelector('input[name=did]').focus(); document.querySelector('input[name=did]').value = '"
                        + ALICE + "'");
        tab.press("Enter", ENTER);
        await(tab, "document.querySelectorAll('#view tbody tr').length === 50");
        assertThat(tab.text("location.hash")).isEqualTo("#/search?did=" + ALICE);
        tab.eval("document.querySelector('#view .pager button').focus()");
        tab.press("Enter", ENTER);
        await(tab, "document.querySelectorAll('#view tbody tr').length === 70");
        assertThat(tab.text("document.querySelector('#view .pager').textContent")).isEqualTo("70 rows");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void aSessionSaysWhatWasRejectedAndShowsSomeOfIt() throws Exception {
        fill();
        String session = fleet.sessions().stream().filter(one -> !one.scan().rejected().isEmpty()).findFirst()
                .orElseThrow()
                .sessionId();
        deadLetters.take(DeadLetters.fromDatabase(99, clock.instant(), "node003", session));
        Tab tab = open("", 1280, false);
        await(tab, "document.querySelectorAll('#sessions-table tbody tr').length === 15");
        tab.eval("document.querySelector('#sessions-q').value = '" + session
                + "'; document.querySelector('#sessions-q').dispatchEvent(new Event('input'))");
        await(tab, "document.querySelectorAll('#sessions-table tbody tr').length === 1");
        tab.eval("document.querySelector('#sessions-table .rowlink').click()");
        await(tab, "document.querySelector('#session-detail .letter')");
        assertThat(tab.text("document.querySelector('#session-detail').textContent")).contains(
                "rejected by the scanner",
                "token id missing", "All dead letters of this session");
        tab.eval("document.querySelector('#session-detail .letter').open = true");
        await(tab, "document.querySelector('#session-detail .letter pre')");
        tab.screenshot(PICTURES.resolve("view-session-1280-light.png"));
        tab.eval("document.querySelector('#session-detail .files a').click()");
        await(tab, "location.hash.includes('session=" + session
                + "') && document.querySelectorAll('#view .letter').length === 1");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void whatNodesSayIsNeverMarkup() throws Exception {
        sample.row(Map.of("token_id", HOSTILE, "node_name", HOSTILE, "source_ip", HOSTILE, "did", HOSTILE, "ipfs_data",
                HOSTILE,
                "ipfs_info", HOSTILE, "validation_errors", HOSTILE, "parent_token_id", HOSTILE + "p"));
        sample.version(
                Map.of("token_id", HOSTILE, "node_name", HOSTILE, "source_ip", HOSTILE, "did", HOSTILE, "status_name",
                        HOSTILE, "record_version", 1, "observed_at", "2026-01-01 00:00:00.0000000"));
        deadLetters.take(DeadLetters.fromTopic(1, clock.instant(), HOSTILE, HOSTILE, "a|" + HOSTILE + "|" + HOSTILE,
                "{\"x\":\"" + HOSTILE.replace("\"", "\\\"") + "\"}"));
        String name = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8).replace("+", "%20");
        for (String address : List.of("#/search?did=" + name, "#/token/" + name, "#/owner/" + name,
                "#/node/" + name + "/" + name, "#/dead-letters")) {
            Tab tab = open(address, 1000, false);
            await(tab, "document.querySelector('#view').textContent.includes('onerror')");
            tab.eval("document.querySelectorAll('#view details').forEach((one) => { one.open = true; })");
            assertThat(tab.text("document.querySelectorAll('img').length + ' ' + window.hit")).isEqualTo("0 undefined");
            assertThat(tab.complaints()).as(address).isEmpty();
        }
    }

    @Test
    void anAddressOfNothingIsSaidToBeNone() throws Exception {
        for (String address : List.of("#/", "#/nothing", "#/token", "#/token/a/b", "#/node/x", "#/token/%E0%A4%A")) {
            Tab tab = open(address, 1000, false);
            await(tab, "document.querySelector('#view').textContent.includes('no address of this page')");
        }
    }

    private Tab open(String hash, int width, boolean dark) throws InterruptedException {
        Tab tab = browser.open(width, 900, dark);
        tab.go(address() + hash);
        return tab;
    }

    private String address() {
        return "http://127.0.0.1:" + page.port() + "/";
    }

    private Map<NodeName, Map<String, Object>> verifications() {
        Map<NodeName, Map<String, Object>> all = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            all.put(new NodeName("10.20.0." + (11 + i / 18), "node%03d".formatted(i)), Map.ofEntries(
                    Map.entry("source_ip", "10.20.0." + (11 + i / 18)), Map.entry("node_name", "node%03d".formatted(i)),
                    Map.entry("as_of", clock.instant().minusSeconds(3_000).toString()),
                    Map.entry("outcome", i % 17 == 5 ? "differs" : "equal"), Map.entry("node_rows", 3_400_000L),
                    Map.entry("table_rows", 3_400_000L), Map.entry("node_digest", "5f".repeat(32)),
                    Map.entry("table_digest", "5f".repeat(32)), Map.entry("buckets", 4_096L),
                    Map.entry("buckets_differing", 0L), Map.entry("rows_republished", 0L),
                    Map.entry("rows_deleted", 0L), Map.entry("rows_deferred", 0L)));
        }
        return all;
    }

    private void fill() throws SQLException {
        String info = "{\"kind\":\"whole\",\"level\":3,\"number\":41213,\"possible\":true}";
        for (int i = 0; i < 2; i++) {
            sample.row(Map.of("token_id", TOKEN, "node_name", "node00" + (3 + i), "source_ip", MACHINES[0], "did",
                    i == 0 ? ALICE : BOB, "ipfs_info", info, "ipfs_data", "{\"RACType\":1,\"level\":3}", "ipfs_source",
                    "blockstore", "updated_at", "2026-11-20 10:00:00.0000000"));
        }
        for (int i = 0; i < 6; i++) {
            sample.row(Map.of("token_id", PART.replace('1', (char) ('1' + i)), "node_name", "node003", "source_ip",
                    MACHINES[0], "did", ALICE, "token_kind", "part", "parent_token_id", TOKEN, "token_value", "0.1" + i,
                    "status_name",
                    i == 3 ? "burnt" : "free", "ipfs_fetched", i == 4 ? 0 : 1, "ipfs_error",
                    i == 4 ? "mismatch: the gateway has other bytes" : ""));
        }
        sample.row(Map.of("token_id", "Qm" + "x".repeat(44), "node_name", "node003", "source_ip", MACHINES[0], "did",
                ALICE, "validation_errors", "[\"did_malformed\",\"token_status_unknown\"]", "status_name",
                "double spent"));
        version(1, "node003", ALICE, "free", "2026-06-01");
        version(2, "node003", ALICE, "pledged", "2026-07-10");
        version(3, "node003", ALICE, "free", "2026-07-25");
        version(4, "node003", ALICE, "transferred", "2026-08-20");
        version(1, "node004", BOB, "free", "2026-08-20");
        version(2, "node004", BOB, "transferred", "2026-10-02");
        version(5, "node003", ALICE, "free", "2026-10-02");
        version(3, "node004", BOB, "free", "2026-11-20");
        for (int i = 0; i < 8; i++) {
            deadLetters.take(i % 3 == 0
                    ? DeadLetters.fromDatabase(i, clock.instant().minusSeconds(i * 700L), "node003",
                            fleet.sessions().get(3).sessionId())
                    : DeadLetters.fromTopic(i, clock.instant().minusSeconds(i * 700L),
                            i % 2 == 0 ? "sql_rejected" : "field_too_long",
                            "Error 2628 of the database: the value of column token_value is too long; login password=hunter2",
                            "10.20.0.11|node003|" + TOKEN,
                            "{\"token_id\":\"" + TOKEN + "\",\"node_name\":\"node003\",\"token_value\":\"1."
                                    + "0".repeat(60) + "\",\"session_id\":\"" + fleet.sessions().get(3).sessionId()
                                    + "\",\"api_key\":\"hunter2\"}"));
        }
    }

    private void version(int version, String node, String did, String status, String day) throws SQLException {
        sample.version(
                Map.of("token_id", TOKEN, "record_version", version, "node_name", node, "source_ip", MACHINES[0], "did",
                        did, "status_name", status, "observed_at", day + " 08:00:00.0000000"));
    }

    private static void await(Tab tab, String condition) {
        Awaitility.await(condition).atMost(BOUND).until(() -> tab.eval("Boolean(" + condition + ")").asBoolean());
    }
}
