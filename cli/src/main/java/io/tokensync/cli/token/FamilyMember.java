package io.tokensync.cli.token;

import java.util.List;

/**
 * A token among its parents and parts.
 *
 * @param tokenId which one
 * @param kind such as "part of an RBT"; null when nobody lists it
 * @param value as its nodes say; null when none does
 * @param holders "free on node1 (10.0.0.1)" for each row
 * @param parts those that are shown
 * @param moreParts whether it has parts that are not shown
 */
public record FamilyMember(String tokenId, String kind, String value, List<String> holders, List<FamilyMember> parts,
        boolean moreParts) {
    public FamilyMember {
        holders = List.copyOf(holders);
        parts = List.copyOf(parts);
    }
}
