package io.tokensync.cli.access;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.common.kafka.StageGroups;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

/**
 * The least rights with which each role does all of its work. A test takes each of them away in turn and sees the role wait
 * for it. The right to idempotent writes is not among them: brokers grant it to whoever may write any topic.
 */
public final class RoleGrants {
    private final InstallationNames names;

    public RoleGrants(InstallationNames names) {
        this.names = names;
    }

    /** The rights of a role. */
    public List<Grant> of(KafkaRole role) {
        return switch (role) {
            case SCANNER -> List.of(Grant.topic(names.scanned(), WRITE), Grant.topic(names.receipts(), WRITE),
                    Grant.topic(names.deadLetter(), WRITE), Grant.topic(names.digests(), WRITE),
                    Grant.topic(names.repairs(), READ));
            case ENRICHER -> enricher();
            case WRITER -> writer();
            case MONITOR -> monitor();
            case OPERATOR -> operator();
        };
    }

    private List<Grant> enricher() {
        List<Grant> grants = new ArrayList<>();
        grants.add(Grant.topic(names.scanned(), READ));
        names.retries().forEach(topic -> grants.add(Grant.topic(topic, READ, WRITE)));
        grants.add(Grant.topic(names.enriched(), WRITE));
        grants.add(Grant.topic(names.receipts(), WRITE));
        grants.add(Grant.topic(names.deadLetter(), WRITE));
        grants.add(Grant.group(names.enricher(), READ));
        grants.add(Grant.group(StageGroups.retries(names.enricher()), READ));
        grants.add(Grant.transactionsBelow(StageGroups.transactions(names.enricher())));
        return grants;
    }

    /** Before it verifies a node it looks how far the enrichers are. */
    private List<Grant> writer() {
        return List.of(Grant.topic(names.enriched(), READ), Grant.topic(names.sessions(), READ),
                Grant.topic(names.digests(), READ), Grant.topic(names.receipts(), WRITE),
                Grant.topic(names.deadLetter(), WRITE), Grant.topic(names.repairs(), WRITE),
                Grant.group(names.writer(), READ), Grant.group(StageGroups.summaries(names.writer()), READ),
                Grant.group(StageGroups.verifications(names.writer()), READ),
                Grant.transactionsBelow(StageGroups.transactions(names.writer())),
                Grant.topic(names.scanned(), DESCRIBE), Grant.group(names.enricher(), DESCRIBE));
    }

    /** Its changelogs are topics of its own, which it makes; of the other stages it looks at the lag. */
    private List<Grant> monitor() {
        String own = StageGroups.transactions(names.monitor());
        return List.of(Grant.topic(names.receipts(), READ), Grant.topic(names.sessions(), READ, WRITE),
                Grant.topic(names.deadLetter(), WRITE), Grant.topicsBelow(own, CREATE, READ, WRITE),
                Grant.group(names.monitor(), READ), Grant.group(StageGroups.alerts(names.monitor()), READ),
                Grant.transactionsBelow(own), Grant.topic(names.scanned(), DESCRIBE),
                Grant.topic(names.enriched(), DESCRIBE), Grant.group(names.enricher(), DESCRIBE),
                Grant.group(names.writer(), DESCRIBE));
    }

    /** Makes and compares the topics, reads all of them, sends back what was dead-lettered, moves the stages' groups. */
    private List<Grant> operator() {
        List<Grant> grants = new ArrayList<>();
        Stream.concat(Stream.of(names.scanned(), names.enriched(), names.receipts(), names.sessions(), names.digests(),
                names.repairs()), names.retries().stream())
                .forEach(topic -> grants.add(Grant.topic(topic, CREATE, DESCRIBE_CONFIGS, READ, WRITE)));
        grants.add(Grant.topic(names.deadLetter(), CREATE, DESCRIBE_CONFIGS, READ, DELETE));
        Stream.of(names.enricher(), StageGroups.retries(names.enricher()), names.writer(),
                StageGroups.summaries(names.writer()), StageGroups.verifications(names.writer()), names.monitor())
                .forEach(group -> grants.add(Grant.group(group, READ)));
        grants.add(Grant.groupsBelow(KafkaAccess.REDRIVE_GROUPS, READ));
        grants.add(Grant.group(KafkaAccess.NO_GROUP, DESCRIBE));
        return grants;
    }
}
