package io.tokensync.cli.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import tools.jackson.databind.JsonNode;

import io.tokensync.common.kafka.KafkaClients;
import io.tokensync.common.kafka.KafkaSettings;
import io.tokensync.embedded.BrokerLogin;
import io.tokensync.embedded.EmbeddedKafka;
import io.tokensync.embedded.EmbeddedKafkaOptions;

/** A broker that lets in the users of {@code components/strimzi/users.yaml}, each with the rights that stand there and no other. */
final class KafkaWithRights implements AutoCloseable {
    private static final BrokerLogin OWNER = new BrokerLogin("owner", "owner-password");
    private static final String PASSWORD = "password-of-a-user";

    private final EmbeddedKafka broker;

    KafkaWithRights(Path directory, List<JsonNode> users) throws Exception {
        broker = EmbeddedKafka.start(EmbeddedKafkaOptions.in(directory).withLogin(OWNER).withProperties(Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:" + OWNER.user(), "listener.name.client.plain.sasl.jaas.config", logins(users))));
        try (Admin admin = new KafkaClients(as(OWNER)).admin("owner")) {
            admin.createAcls(users.stream().flatMap(user -> acls(user).stream()).toList()).all().get();
        }
    }

    /** How a user reaches it. */
    KafkaSettings as(String user) {
        return as(new BrokerLogin(user, PASSWORD));
    }

    /** The same as keys of a configuration. */
    Map<String, String> keys(String user) {
        Map<String, String> keys = new TreeMap<>(Map.of("kafka.bootstrap-servers", broker.bootstrapServers()));
        as(user).properties().forEach((key, value) -> keys.put("kafka.properties." + key, value));
        return keys;
    }

    private KafkaSettings as(BrokerLogin login) {
        return KafkaSettings.at(broker.bootstrapServers()).withProperties(login.clientProperties());
    }

    private static String logins(List<JsonNode> users) {
        String all = users.stream().map(user -> " user_" + Manifests.name(user) + "=\"" + PASSWORD + "\"")
                .collect(Collectors.joining());
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + OWNER.user()
                + "\" password=\"" + OWNER.password() + "\" user_" + OWNER.user() + "=\"" + OWNER.password() + "\""
                + all
                + ";";
    }

    private static List<AclBinding> acls(JsonNode user) {
        List<AclBinding> bindings = new ArrayList<>();
        for (JsonNode acl : user.path("spec").path("authorization").path("acls")) {
            JsonNode resource = acl.path("resource");
            ResourcePattern pattern = new ResourcePattern(type(resource.path("type").asString()),
                    resource.path("name").asString("kafka-cluster"),
                    resource.path("patternType").asString("literal").equals("prefix")
                            ? PatternType.PREFIXED
                            : PatternType.LITERAL);
            Manifests.texts(Manifests.stream(acl.path("operations"))).forEach(operation -> bindings.add(new AclBinding(
                    pattern, new AccessControlEntry("User:" + Manifests.name(user), "*", operation(operation),
                            AclPermissionType.ALLOW))));
        }
        return bindings;
    }

    private static ResourceType type(String name) {
        return name.equals("transactionalId") ? ResourceType.TRANSACTIONAL_ID : ResourceType.fromString(name);
    }

    private static AclOperation operation(String name) {
        return AclOperation.fromString(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    @Override
    public void close() {
        broker.close();
    }
}
