package io.tokensync.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The list of commands, by what somebody wants to do. */
final class HelpGroups implements IHelpSectionRenderer {
    private static final Map<String, List<String>> GROUPS = groups();
    private static final Pattern NEXT_SENTENCE = Pattern.compile("(?<=\\.) (?=[A-Z])");
    private static final int NAME_WIDTH = 14;

    private HelpGroups() {}

    /** Takes the place of the plain list in the help of this command. */
    static CommandLine into(CommandLine command) {
        command.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new HelpGroups());
        return command;
    }

    /** The commands of all groups. */
    static List<String> commands() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public String render(Help help) {
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((title, names) -> text.append(String.format("%n%s%n", title)).append(table(help, names)));
        return text.toString();
    }

    private static String table(Help help, List<String> names) {
        int width = help.commandSpec().usageMessage().width();
        TextTable table = TextTable.forColumns(help.colorScheme(),
                new Column(NAME_WIDTH, 2, Column.Overflow.SPAN),
                new Column(width - NAME_WIDTH, 2, Column.Overflow.WRAP));
        table.setAdjustLineBreaksForWideCJKCharacters(
                help.commandSpec().usageMessage().adjustLineBreaksForWideCJKCharacters());
        for (String name : names) {
            Help command = help.subcommands().get(name);
            table.addRowValues(command.commandNamesText(", "), firstSentence(command));
        }
        return table.toString();
    }

    /** The rest is in the command's own help. */
    private static Help.Ansi.Text firstSentence(Help command) {
        UsageMessageSpec usage = command.commandSpec().usageMessage();
        String whole = String.join(" ", usage.header().length > 0 ? usage.header() : usage.description());
        return command.colorScheme().text(NEXT_SENTENCE.split(whole, 2)[0]);
    }

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Start here", List.of("demo", "local", "config", "query", "token", "audit", "export"));
        groups.put("Stages", List.of("scanner", "enricher", "writer", "monitor"));
        groups.put("Operate", List.of("check", "status", "report", "verify", "dlq", "replay", "refetch"));
        groups.put("Schema and topics", List.of("schema", "topics"));
        groups.put("Tools", List.of("codebook", "simulate", "version", "help"));
        return groups;
    }
}
