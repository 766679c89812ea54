package io.tokensync.simulator.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.ipfs.UnixFs;
import io.tokensync.simulator.truth.TruthRow;

/** What can be wrong with a token on purpose, and how often among a million tokens besides the one that is always there. */
@SuppressWarnings("ImmutableEnumChecker") // the spoilers keep no state
enum Flaw {
    NONE(0, _ -> {}),
    /** No repository has the block; how often is up to the plan. */
    MISSING_BLOCK(0, d -> d.fail(TruthRow.Content.NOT_FOUND)),
    /** The file of the block holds another block. */
    MISMATCHED_BLOCK(200, d -> d.replaceBlock(otherBlock(d))),

    NULL_ID(900, d -> d.rejectId(null, RejectionReason.TOKEN_ID_MISSING)),
    /** Once only: the primary key takes no second one. */
    EMPTY_ID(0, d -> d.rejectId("", RejectionReason.TOKEN_ID_MISSING)),
    /** Once only, as {@link #EMPTY_ID}. */
    BLANK_ID(0, d -> d.rejectId("  ", RejectionReason.TOKEN_ID_MISSING)),
    BLOB_ID(0, d -> d.rejectId(d.token.id().getBytes(StandardCharsets.US_ASCII), RejectionReason.TOKEN_ID_NOT_TEXT)),
    TRAILING_BLANK_ID(20, d -> d.rejectId(d.token.id() + ' ', RejectionReason.TOKEN_ID_TRAILING_BLANK)),
    LONG_ID(10, d -> d.rejectId(d.token.id().repeat(11), RejectionReason.TOKEN_ID_TOO_LONG)),
    LONG_DID(10, Flaw::lengthenDid),

    MALFORMED_ID(500, d -> d.replaceId(malformedId(d), TruthRow.Content.NOT_A_CID)),
    /** An id that differs from another one of the node in the case of one letter. */
    CASE_TWIN(50, d -> d.replaceId(Cell.text(caseTwin(d.sibling.get(), d.variant)), TruthRow.Content.NOT_FOUND)),
    MALFORMED_DID(200, d -> d.did = malformedDid(d)),
    NO_DID(100, d -> d.did = Cell.malformed(d.variant % 2 == 0 ? null : "", null)),
    MALFORMED_PARENT(50, d -> d.parent = Cell.malformed("parent-" + d.variant, "parent-" + d.variant)),
    /** Allowed: the node joins the parents of a fungible token so. */
    JOINED_PARENTS(100, d -> d.parent = Cell.text(d.token.id() + ',' + d.sibling.get())),
    UNKNOWN_STATUS(1000, d -> d.status = Cell.malformed(99, "99")),
    TEXT_STATUS(50, d -> d.status = Cell.malformed("ACTIVE", "ACTIVE")),
    TEXT_VALUE(50, d -> d.value = Cell.malformed("one", "one")),
    NEGATIVE_VALUE(20, d -> d.value = Cell.malformed(-1.0, "-1.0")),
    MALFORMED_CREATED(100, d -> d.created = Cell.malformed(malformedTime(d), null)),
    MALFORMED_UPDATED(100, d -> d.updated = Cell.malformed(malformedTime(d), null));

    /** Tokens of a group of ten that are never parts, and so can have any flaw. */
    private static final int LAST = 9;
    /** One for each of the first groups. */
    private static final List<Flaw> CERTAIN = Arrays.stream(values())
            .filter(flaw -> flaw != NONE && flaw != MALFORMED_CREATED && flaw != MALFORMED_UPDATED).toList();
    private static final int MILLION = 1_000_000;
    /** Base58 has neither I and O nor l: those letters have no twin. */
    private static final String LOWER_TWINS = "abcdefghjkmnpqrstuvwxyz";

    private final int perMillion;
    private final Consumer<Draft> spoiler;

    Flaw(int perMillion, Consumer<Draft> spoiler) {
        this.perMillion = perMillion;
        this.spoiler = spoiler;
    }

    /**
     * The flaw that the simulation has in any case at this index, so that small ones have them all. Those of time stand
     * in the first group, which is born on the first node, whose schema has times.
     */
    static Flaw certain(long index) {
        long group = index / TokenGroup.SIZE;
        int member = (int) (index % TokenGroup.SIZE);
        if (group == 0 && member == LAST - 1) {
            return MALFORMED_CREATED;
        }
        if (group == 0 && member == LAST - 2) {
            return MALFORMED_UPDATED;
        }
        return member == LAST && group < CERTAIN.size() ? CERTAIN.get((int) group) : NONE;
    }

    /** The flaw at this point of a line from 0 to 1, or none. */
    static Flaw at(double point, double missingContent) {
        double rest = point - missingContent;
        if (rest < 0) {
            return MISSING_BLOCK;
        }
        for (Flaw flaw : values()) {
            rest -= (double) flaw.perMillion / MILLION;
            if (rest < 0) {
                return flaw;
            }
        }
        return NONE;
    }

    void spoil(Draft draft) {
        spoiler.accept(draft);
    }

    /** Whether other nodes may hold the token too: what is wrong with it is the same everywhere. */
    boolean isShared() {
        return this == NONE || this == MISSING_BLOCK || this == MISMATCHED_BLOCK;
    }

    /** Whether rows of this table, under this generation, can have it. */
    boolean fits(TokenTable table, SchemaGeneration generation) {
        return switch (this) {
            case MALFORMED_PARENT, JOINED_PARENTS -> table == TokenTable.RBT;
            case TEXT_VALUE, NEGATIVE_VALUE -> table.has(Field.VALUE, generation);
            case MALFORMED_CREATED, MALFORMED_UPDATED -> table.has(Field.CREATED, generation);
            default -> true;
        };
    }

    private static IpfsBlock otherBlock(Draft draft) {
        return new IpfsBlock(UnixFs.encode(("not " + draft.token.content()).getBytes(StandardCharsets.UTF_8)));
    }

    private static void lengthenDid(Draft draft) {
        draft.did = Cell.text(draft.did.expected().repeat(18));
        draft.reject(RejectionReason.FIELD_TOO_LONG);
    }

    private static Cell<String> malformedId(Draft draft) {
        String id = draft.token.id();
        String wrong = switch (draft.variant % 4) {
            case 0 -> id.substring(0, id.length() - 1);
            case 1 -> id.substring(0, id.length() - 1) + '0';
            case 2 -> "TRI_" + draft.variant + '_' + draft.did.expected();
            default -> id.toLowerCase(Locale.ROOT);
        };
        return Cell.malformed(wrong, wrong);
    }

    private static Cell<String> malformedDid(Draft draft) {
        String did = draft.did.expected();
        List<String> wrong = List.of(did.toUpperCase(Locale.ROOT), did.substring(0, did.length() - 1),
                "12D3KooWPeer." + did, "did");
        String chosen = wrong.get(draft.variant % wrong.size());
        return Cell.malformed(chosen, chosen);
    }

    private static String malformedTime(Draft draft) {
        List<String> wrong = List.of("yesterday", "2024-13-45 25:61:61+00:00", "01/05/2024 10:00");
        return wrong.get(draft.variant % wrong.size());
    }

    /** The id with the case of one letter changed, a different letter for each variant, and still base58. */
    private static String caseTwin(String id, int variant) {
        int skip = variant % TokenGroup.SIZE;
        for (int at = id.length() - 1; at > 1; at--) {
            char lower = Character.toLowerCase(id.charAt(at));
            if (LOWER_TWINS.indexOf(lower) >= 0 && skip-- == 0) {
                char twin = Character.isLowerCase(id.charAt(at)) ? Character.toUpperCase(lower) : lower;
                return id.substring(0, at) + twin + id.substring(at + 1);
            }
        }
        throw new IllegalStateException("an id with too few letters: " + id);
    }
}
