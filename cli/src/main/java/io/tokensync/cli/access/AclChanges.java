package io.tokensync.cli.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

import io.tokensync.common.kafka.AdminAnswer;

/**
 * What is missing of the rights of some users, and what they have beyond them.
 *
 * @param missing not there yet
 * @param beyond there, and not needed for this role; another role of the same user may need it
 */
record AclChanges(List<AclBinding> missing, List<AclBinding> beyond) {
    private static final ResourcePatternFilter ALL = new ResourcePatternFilter(ResourceType.ANY, null, PatternType.ANY);

    /** Asks the cluster. */
    static AclChanges find(Admin admin, List<Grant> grants, List<String> principals) throws InterruptedException {
        List<AclBinding> missing = new ArrayList<>();
        List<AclBinding> beyond = new ArrayList<>();
        for (String principal : principals) {
            Collection<AclBinding> there = there(admin, principal);
            Set<AclBinding> wanted = new LinkedHashSet<>(
                    grants.stream().flatMap(grant -> grant.bindings(principal)).toList());
            wanted.stream().filter(binding -> !there.contains(binding)).forEach(missing::add);
            there.stream().filter(binding -> !wanted.contains(binding)).forEach(beyond::add);
        }
        return new AclChanges(missing, beyond);
    }

    /** Adds what is missing; takes nothing away. */
    void add(Admin admin) throws InterruptedException {
        try {
            AdminAnswer.await(admin.createAcls(missing).all());
        } catch (ClusterAuthorizationException e) {
            throw notAllowed(e);
        }
    }

    private static Collection<AclBinding> there(Admin admin, String principal) throws InterruptedException {
        try {
            return AdminAnswer
                    .await(admin.describeAcls(new AclBindingFilter(ALL, new AccessControlEntryFilter(principal,
                            null, AclOperation.ANY, AclPermissionType.ANY))).values());
        } catch (ClusterAuthorizationException e) {
            throw notAllowed(e);
        }
    }

    private static ClusterAuthorizationException notAllowed(Exception cause) {
        return new ClusterAuthorizationException(
                "this user may not see or give rights: that takes ALTER of the cluster;"
                        + " name a file with the login of an administrator first, --config admin.yaml",
                cause);
    }
}
