package io.tokensync.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/** The figures of one benchmark: a table for people, JSON for programs. */
record BenchReport(String benchmark, Machine machine, List<Measurement> measurements) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> HEADER = List.of("what", "measured", "baseline", "ratio", "target", "");

    boolean holds() {
        return measurements.stream().allMatch(Measurement::holds);
    }

    /** A line that names the machine, then the table. */
    List<String> lines() {
        List<List<String>> cells = new ArrayList<>(List.of(HEADER));
        measurements.forEach(measurement -> cells.add(cells(measurement)));
        List<String> lines = new ArrayList<>(List.of(machine.text(), ""));
        cells.forEach(row -> lines.add(line(row, cells)));
        return lines;
    }

    String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", benchmark);
        document.put("machine", machine);
        document.put("figures", measurements.stream().map(BenchReport::fields).toList());
        document.put("holds", holds());
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private static List<String> cells(Measurement measurement) {
        String ratio = measurement.ratio().isPresent()
                ? String.format(Locale.ROOT, "%.2f x", measurement.ratio().getAsDouble())
                : "";
        return List.of(measurement.what(), Quantity.text(measurement.measured()) + " " + measurement.unit(),
                measurement.baseline().map(of -> Quantity.text(of.value()) + " " + of.what()).orElse(""), ratio,
                measurement.target().text(measurement.unit()), measurement.verdict());
    }

    private static Map<String, Object> fields(Measurement measurement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", measurement.what());
        fields.put("measured", measurement.measured());
        fields.put("unit", measurement.unit());
        measurement.baseline().ifPresent(of -> fields.put("baseline", of));
        measurement.ratio().ifPresent(ratio -> fields.put("ratio", ratio));
        fields.put("target", measurement.target().text(measurement.unit()));
        fields.put("holds", measurement.holds());
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
