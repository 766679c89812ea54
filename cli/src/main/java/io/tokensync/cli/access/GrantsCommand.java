package io.tokensync.cli.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tokensync.cli.output.JsonOption;
import io.tokensync.cli.output.ListedRows;
import io.tokensync.cli.output.TableFormat;
import io.tokensync.cli.terminal.ExitCode;
import io.tokensync.cli.terminal.Printable;
import io.tokensync.common.config.Settings;
import io.tokensync.common.config.SettingsLayers;
import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;

/** {@code topics grants}: the rights of a stage in Kafka. */
@Command(name = "grants", mixinStandardHelpOptions = true, description = "Prints the commands that give a role the rights it needs in Kafka, and no more; or gives them.")
public final class GrantsCommand implements Callable<Integer> {
    @Option(names = "--role", required = true, description = "scanner, enricher, writer, monitor or operator")
    private KafkaRole role;

    @Option(names = "--principal", paramLabel = "USER", description = "who gets them, such as User:tokensync-writer or User:CN=writer-1; may be repeated (default: User:tokensync-ROLE)")
    private List<String> principals = List.of();

    @Option(names = "--config", arity = "1..*", paramLabel = "FILE", description = "YAML of stages or of topics: topics.* and the groups of all files, kafka.* of the first (default: the names without any file)")
    private List<Path> files = List.of();

    @Option(names = "--apply", description = "give them, with the login of the first file, and say what was added")
    private boolean apply;

    @Option(names = "--dry-run", description = "with --apply: say what would be added, and end")
    private boolean dryRun;

    @Option(names = "--table", description = "print them as a table")
    private boolean table;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    /** What {@code --json} shows of a grant. */
    private record Shown(String resource, String name, boolean prefix, List<String> operations) {
        static Shown of(Grant grant) {
            return new Shown(Grant.label(grant.type()), grant.name(), grant.pattern() == PatternType.PREFIXED,
                    grant.operations().stream().map(AclScript::name).toList());
        }
    }

    /** What {@code --json} shows of an application. */
    private record Outcome(boolean dryRun, List<String> added, List<String> beyond) {}

    @Override
    public Integer call() throws InterruptedException {
        check();
        Settings settings = settings();
        Optional<KafkaSettings> kafka = settings.build(() -> KafkaSettings.from(settings));
        InstallationNames names = InstallationNames.from(settings);
        settings.checkRead();
        List<Grant> grants = new RoleGrants(names).of(role);
        List<String> users = principals.isEmpty() ? List.of(role.principal()) : principals;
        if (apply) {
            apply(kafka.orElseThrow(), grants, users);
        } else {
            print(kafka.orElseThrow(), grants, users);
        }
        return ExitCode.DONE;
    }

    private void check() {
        if (dryRun && !apply) {
            throw new ParameterException(spec.commandLine(), "--dry-run is for --apply; without it nothing is changed");
        }
        if (apply && files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--apply needs --config FILE, which says where Kafka is");
        }
        principals.stream().filter(principal -> !principal.matches("\\w+:.+")).findFirst().ifPresent(principal -> {
            throw new ParameterException(spec.commandLine(),
                    "--principal " + principal + " is no user of Kafka's; it begins with its type: User:" + principal);
        });
    }

    private Settings settings() {
        SettingsLayers together = SettingsLayers.none();
        for (Path file : files) {
            SettingsLayers layers = SettingsLayers.read(file);
            together = file.equals(files.getFirst())
                    ? layers
                    : together.filled(layers.without(key -> !key.startsWith("topics.") && !key.endsWith(".group")));
        }
        return together.settings(System.getenv());
    }

    private void print(KafkaSettings kafka, List<Grant> grants, List<String> users) {
        if (json.isAsked()) {
            System.out.println(JsonOption.document(grants.stream().map(Shown::of).toList()));
        } else if (table) {
            new TableFormat(TableFormat.UNBOUNDED).print(new ListedRows(List.of("resource", "name", "operations"),
                    grants.stream().map(GrantsCommand::row).toList()), System.out);
        } else {
            System.out.print(Printable.lines(new AclScript(kafka.bootstrapServers(), users).of(role, grants)));
        }
    }

    private static List<String> row(Grant grant) {
        return List.of(Grant.label(grant.type()), grant.name() + (grant.pattern() == PatternType.PREFIXED ? "*" : ""),
                grant.operations().stream().map(AclScript::name).collect(Collectors.joining(", ")));
    }

    private void apply(KafkaSettings kafka, List<Grant> grants, List<String> users) throws InterruptedException {
        try (Admin admin = new KafkaClients(kafka).answeringAdmin("tokensync-topics")) {
            AclChanges changes = AclChanges.find(admin, grants, users);
            if (!dryRun && !changes.missing().isEmpty()) {
                changes.add(admin);
            }
            Outcome outcome = new Outcome(dryRun, changes.missing().stream().map(GrantsCommand::text).toList(),
                    changes.beyond().stream().map(GrantsCommand::text).toList());
            if (json.isAsked()) {
                System.out.println(JsonOption.document(outcome));
            } else {
                print(outcome);
            }
        }
    }

    private void print(Outcome outcome) {
        outcome.added.forEach(right -> System.out.println((dryRun ? "would be added: " : "added: ") + right));
        outcome.beyond.forEach(right -> System.out.println("there, and not of this role: " + right));
        if (outcome.added.isEmpty()) {
            System.out.println("all rights are there");
        } else if (dryRun) {
            System.out.println("nothing has been done yet");
        }
    }

    private static String text(AclBinding binding) {
        String may = binding.entry().permissionType() == AclPermissionType.DENY ? " must not " : " may ";
        String all = binding.pattern().patternType() == PatternType.PREFIXED ? "*" : "";
        return Printable.line(binding.entry().principal() + may + AclScript.name(binding.entry().operation()) + " "
                + binding.pattern().resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-') + " "
                + binding.pattern().name() + all);
    }
}
