package io.tokensync.cli.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Grants as commands of Kafka's own tool, for a shell: one for each set of operations. */
final class AclScript {
    private static final String NEXT_LINE = " \\\n  ";

    private final String bootstrapServers;
    private final List<String> principals;

    AclScript(String bootstrapServers, List<String> principals) {
        this.bootstrapServers = bootstrapServers;
        this.principals = principals;
    }

    /** What has the same right in one command. */
    private record Right(ResourceType type, PatternType pattern, List<AclOperation> operations) {}

    String of(KafkaRole role, List<Grant> grants) {
        Map<Right, List<String>> names = grants.stream().collect(Collectors.groupingBy(
                grant -> new Right(grant.type(), grant.pattern(), grant.operations()), LinkedHashMap::new,
                Collectors.mapping(Grant::name, Collectors.toList())));
        String commands = names.entrySet().stream().map(entry -> command(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
        return "# The rights of the role " + role.option() + ", and no more. admin.properties says how an administrator"
                + " of the cluster logs in.\n" + commands + "\n";
    }

    private String command(Right right, List<String> names) {
        StringBuilder command = new StringBuilder("kafka-acls.sh --bootstrap-server ").append(quoted(bootstrapServers))
                .append(" --command-config admin.properties --add").append(NEXT_LINE);
        principals.forEach(principal -> command.append("--allow-principal ").append(quoted(principal)).append(' '));
        right.operations.forEach(operation -> command.append("--operation ").append(name(operation)).append(' '));
        if (right.pattern == PatternType.PREFIXED) {
            command.append("--resource-pattern-type prefixed ");
        }
        command.setLength(command.length() - 1);
        command.append(NEXT_LINE).append(names.stream()
                .map(name -> "--" + Grant.label(right.type) + " " + quoted(name)).collect(Collectors.joining(" ")));
        return command.toString();
    }

    /** As the tool has it: {@code DescribeConfigs}. */
    static String name(AclOperation operation) {
        StringBuilder name = new StringBuilder();
        for (String word : operation.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private static String quoted(String text) {
        return text.matches("[\\w.,:=/@+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
