package io.tokensync.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/** The figures of one benchmark: a table for people, JSON for programs. */
record BenchReport(String benchmark, Machine machine, List<Measurement> figures) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> HEADER = List.of("what", "measured", "yardstick", "ratio", "target", "");

    boolean holds() {
        return figures.stream().allMatch(Measurement::holds);
    }

    /** A line that names the machine, then the table. */
    List<String> lines() {
        List<List<String>> cells = new ArrayList<>(List.of(HEADER));
        figures.forEach(figure -> cells.add(cells(figure)));
        List<String> lines = new ArrayList<>(List.of(machine.text(), ""));
        cells.forEach(row -> lines.add(line(row, cells)));
        return lines;
    }

    String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", benchmark);
        document.put("machine", machine);
        document.put("figures", figures.stream().map(BenchReport::fields).toList());
        document.put("holds", holds());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private static List<String> cells(Measurement figure) {
        String ratio = figure.ratio().isPresent()
                ? String.format(Locale.ROOT, "%.2f x", figure.ratio().getAsDouble())
                : "";
        return List.of(figure.what(), Quantity.text(figure.measured()) + " " + figure.unit(),
                figure.yardstick().map(of -> Quantity.text(of.value()) + " " + of.what()).orElse(""), ratio,
                figure.target().text(figure.unit()), figure.verdict());
    }

    private static Map<String, Object> fields(Measurement figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", figure.what());
        fields.put("measured", figure.measured());
        fields.put("unit", figure.unit());
        figure.yardstick().ifPresent(of -> fields.put("yardstick", of));
        figure.ratio().ifPresent(ratio -> fields.put("ratio", ratio));
        fields.put("target", figure.target().text(figure.unit()));
        fields.put("holds", figure.holds());
        return fields;
    }

    private static String line(List<String> row, List<List<String>> all) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width = all.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
            line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
