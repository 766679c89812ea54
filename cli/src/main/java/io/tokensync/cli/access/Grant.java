package io.tokensync.cli.access;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What may be done with something in Kafka.
 *
 * @param type topic, group or transactional id
 * @param name of it, or what the names begin with
 * @param pattern which of both
 * @param operations each of them; those that they imply (a reader may describe) are not named
 */
public record Grant(ResourceType type, String name, PatternType pattern, List<AclOperation> operations) {
    private static final String ANY_HOST = "*";

    public Grant {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pattern, "pattern");
        operations = operations.stream().sorted().toList();
    }

    static Grant topic(String name, AclOperation... operations) {
        return new Grant(ResourceType.TOPIC, name, PatternType.LITERAL, Arrays.asList(operations));
    }

    static Grant topicsBelow(String prefix, AclOperation... operations) {
        return new Grant(ResourceType.TOPIC, prefix, PatternType.PREFIXED, Arrays.asList(operations));
    }

    static Grant group(String name, AclOperation operation) {
        return new Grant(ResourceType.GROUP, name, PatternType.LITERAL, List.of(operation));
    }

    static Grant groupsBelow(String prefix, AclOperation operation) {
        return new Grant(ResourceType.GROUP, prefix, PatternType.PREFIXED, List.of(operation));
    }

    /** Transactions of the members of a group. */
    static Grant transactionsBelow(String prefix) {
        return new Grant(ResourceType.TRANSACTIONAL_ID, prefix, PatternType.PREFIXED, List.of(AclOperation.WRITE));
    }

    /** Kafka's own form: one entry for each operation. */
    public Stream<AclBinding> bindings(String principal) {
        ResourcePattern resource = new ResourcePattern(type, name, pattern);
        return operations.stream().map(operation -> new AclBinding(resource,
                new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW)));
    }

    /** The kinds of things by the names that people use. */
    static String label(ResourceType type) {
        return switch (type) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactional-id";
            default -> throw new IllegalArgumentException("no rights are given on " + type);
        };
    }
}
