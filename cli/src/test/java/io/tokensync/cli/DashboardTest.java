package io.tokensync.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

import io.tokensync.common.metrics.MetricNames;
import io.tokensync.common.metrics.Metrics;

import static org.assertj.core.api.Assertions.assertThat;

/** Dashboards and alert rules name metrics that there are, with labels that they have. */
class DashboardTest {
    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
    private static final Path RULES = DEPLOY.resolve("prometheus/rules.yml");
    private static final Path DASHBOARD = DEPLOY.resolve("grafana/dashboards/tokensync.json");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern NAME = Pattern.compile("\\btokensync_[a-z_]+\\b");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern GROUPING = Pattern.compile("(?:by|on) \\(([a-z_, ]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,3} (\\w+)$");
    private static final Pattern RUNBOOK = Pattern.compile("\\$\\{?runbook\\}?#([a-z]+)");
    /** With the first retry, batch, fetch or message; the last is registered beside the stage. */
    private static final Set<String> LATER = Set.of("tokensync_retries_total", "tokensync_progress_age_seconds",
            "tokensync_enricher_fetch_duration_seconds_bucket", "tokensync_monitor_alerts_messages_total",
            "tokensync_build_info");
    /** Labels that Prometheus adds. */
    private static final Set<String> OWN = Set.of("instance", "le");

    @Test
    void everyMetricOfTheDashboardExists() throws IOException {
        assertThat(metrics()).containsAll(names(Files.readString(DASHBOARD)));
    }

    @Test
    void everyMetricOfTheRulesExists() throws IOException {
        assertThat(metrics()).containsAll(names(Files.readString(RULES)));
    }

    @Test
    void everyLabelThatIsGroupedByExists() throws IOException {
        Set<String> known = new TreeSet<>(OWN);
        for (MetricNames metric : MetricNames.values()) {
            known.addAll(metric.tagKeys());
        }
        Matcher grouping = GROUPING.matcher(Files.readString(DASHBOARD) + Files.readString(RULES));
        while (grouping.find()) {
            assertThat(known).contains(grouping.group(1).split(", "));
        }
    }

    /** By the annotation, which an Alertmanager shows; an anchor is the heading in lower case. */
    @Test
    void everyRuleAndPanelLeadsToAnEntryOfTheRunbook() throws IOException {
        Set<String> anchors = HEADING.matcher(Files.readString(DEPLOY.resolve("../docs/operations.md"))).results()
                .map(heading -> "docs/operations.md#" + heading.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        JsonNode rules = new YAMLMapper().readTree(RULES.toFile()).path("groups").get(0).path("rules");
        assertThat(rules).hasSize(19).allSatisfy(rule -> assertThat(rule.path("annotations").path("runbook").asString())
                .isEqualTo("docs/operations.md#" + rule.path("alert").asString().toLowerCase(Locale.ROOT))
                .isIn(anchors));
        Set<String> linked = RUNBOOK.matcher(Files.readString(DASHBOARD)).results()
                .map(link -> "docs/operations.md#" + link.group(1)).collect(Collectors.toSet());
        assertThat(linked).isNotEmpty().isSubsetOf(anchors);
    }

    /** What the running stages show: files that tests of running stages compare with. */
    @Test
    void everyMetricIsShownByARunningStageFromItsStartOrIsKnownToComeLater() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String stage : List.of("scanner-after-a-scan-cycle", "enricher", "writer", "monitor", "monitor-started")) {
            shown.addAll(names(Files.readString(Path.of("src/test/resources/golden/metrics", stage + ".txt"))));
        }
        Set<String> later = names(Files.readString(DASHBOARD) + Files.readString(RULES));
        later.removeIf(name -> shown.contains(name) || shown.contains(name.replaceFirst("_(bucket|sum|count)$", "")));
        assertThat(later).isEqualTo(LATER);
    }

    /** A rule that was never seen to fire may be one that cannot. */
    @Test
    void everyRuleIsTestedToFireAndNotToFireAndHasAnEntryInTheRunbook() throws IOException {
        String tests = Files.readString(DEPLOY.resolve("prometheus/rules.test.yml"));
        String runbook = Files.readString(DEPLOY.resolve("../docs/operations.md"));
        List<String> rules = ALERT.matcher(Files.readString(RULES)).results().map(rule -> rule.group(1)).toList();
        assertThat(rules).hasSize(19).allSatisfy(rule -> {
            assertThat(tests).containsPattern("alertname: " + rule + "\\n        exp_alerts:\\n")
                    .containsPattern("alertname: " + rule + "\\n        exp_alerts: \\[\\]");
            assertThat(runbook).contains("\n### " + rule + "\n");
        });
    }

    @Test
    void sumsOfThePanelsAreNumbersAlsoWhereAPartIsAbsent() {
        for (JsonNode expression : JsonMapper.shared().readTree(DASHBOARD.toFile()).findValues("expr")) {
            String text = expression.asString();
            if (text.contains(" + ")) {
                assertThat(text.split(" \\+ ", -1)).allSatisfy(part -> assertThat(part).endsWith("or vector(0))"));
            }
        }
    }

    @Test
    void everyPanelHasAQueryAndAPlaceOfItsOwn() {
        JsonNode panels = JsonMapper.shared().readTree(DASHBOARD.toFile()).path("panels");
        Set<String> places = new TreeSet<>();
        for (JsonNode panel : panels) {
            assertThat(panel.path("targets").size()).as(panel.path("title").asString()).isPositive();
            assertThat(
                    places.add(panel.path("gridPos").path("x").asInt() + "," + panel.path("gridPos").path("y").asInt()))
                    .isTrue();
        }
        assertThat(places).hasSize(24);
    }

    @Test
    void promtoolAcceptsRulesAndConfiguration() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROMTOOL),
                "SKIPPED: no promtool on this machine (Debian: apt-get install prometheus), so the rules are not checked");
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS: 19 rules found");
        assertThat(promtool("test", "rules", DEPLOY.resolve("prometheus/rules.test.yml").toString()))
                .contains("SUCCESS");
        assertThat(promtool("check", "config", DEPLOY.resolve("prometheus/prometheus.yml").toString()))
                .contains("SUCCESS");
    }

    /** The names as Prometheus sees them. */
    private static Set<String> metrics() {
        PrometheusMeterRegistry registry = Metrics.prometheus();
        Metrics metrics = new Metrics(registry);
        for (MetricNames name : MetricNames.values()) {
            String[] tags = name.tagKeys().stream().map(_ -> "x").toArray(String[]::new);
            switch (name.kind()) {
                case COUNTER -> metrics.counter(name, tags);
                case GAUGE -> metrics.gauge(name, () -> 1, tags);
                case TIMER -> metrics.timer(name, tags);
                case SUMMARY -> metrics.summary(name, tags);
            }
        }
        return names(registry.scrape());
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(text).results().forEach(found -> names.add(found.group()));
        return names;
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
