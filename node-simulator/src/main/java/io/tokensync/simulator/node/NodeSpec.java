package io.tokensync.simulator.node;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import io.tokensync.simulator.truth.Truth;

/**
 * A node to be made.
 *
 * @param index from 0, over all machines
 * @param machine where it is
 * @param name the directory above {@code Rubix}
 * @param directory its run directory below the simulation's, with slashes
 * @param bornAs schema of its first start
 * @param generation schema after its upgrades; rows of {@code bornAs} have NULL in the columns that came later
 * @param journal how its database is kept and left
 * @param offset time zone in which it writes its times
 */
public record NodeSpec(int index, Truth.Machine machine, String name, String directory, SchemaGeneration bornAs,
        SchemaGeneration generation, JournalMode journal, ZoneOffset offset) {
    /** Where the database is below the run directory. */
    public static final String DATABASE = "Rubix/rubix.db";

    private static final int PATTERN = 10;
    private static final int NESTED = 4;
    private static final int WALLET = 8;

    /** Ten nodes of a fleet, by schema and journal; every further ten are the same. */
    private static final List<Profile> PROFILES = List.of(
            new Profile(SchemaGeneration.G4, SchemaGeneration.G4, JournalMode.WAL_CRASHED),
            new Profile(SchemaGeneration.G2, SchemaGeneration.G2, JournalMode.DELETE),
            new Profile(SchemaGeneration.G0, SchemaGeneration.G1, JournalMode.DELETE),
            new Profile(SchemaGeneration.G2, SchemaGeneration.G4, JournalMode.DELETE),
            new Profile(SchemaGeneration.G3, SchemaGeneration.G3, JournalMode.WAL),
            new Profile(SchemaGeneration.G0, SchemaGeneration.G0, JournalMode.DELETE),
            new Profile(SchemaGeneration.G4, SchemaGeneration.G4, JournalMode.DELETE),
            new Profile(SchemaGeneration.G1, SchemaGeneration.G2, JournalMode.WAL_CRASHED),
            new Profile(SchemaGeneration.G1, SchemaGeneration.G1, JournalMode.DELETE),
            new Profile(SchemaGeneration.G3, SchemaGeneration.G4, JournalMode.WAL));

    private static final List<ZoneOffset> OFFSETS = List.of(ZoneOffset.UTC, ZoneOffset.ofHours(2),
            ZoneOffset.ofHoursMinutes(5, 30), ZoneOffset.ofHours(-8));

    private record Profile(SchemaGeneration bornAs, SchemaGeneration generation, JournalMode journal) {}

    /** The node with this index in a fleet on these machines. */
    public static NodeSpec at(int index, List<Truth.Machine> machines) {
        Truth.Machine machine = machines.get(index % machines.size());
        Profile profile = PROFILES.get(index % PATTERN);
        String name = index % PATTERN == NESTED
                ? "Qnode" + (index / PATTERN + 1)
                : String.format(Locale.ROOT, "node%03d", index + 1);
        return new NodeSpec(index, machine, name, machine.root() + '/' + above(index % PATTERN) + name, profile.bornAs,
                profile.generation, profile.journal, OFFSETS.get(index % OFFSETS.size()));
    }

    /** The same node while it runs: one that crashed keeps its journal when it starts again. */
    public NodeSpec running() {
        JournalMode mode = journal == JournalMode.WAL_CRASHED ? JournalMode.WAL : journal;
        return new NodeSpec(index, machine, name, directory, bornAs, generation, mode, offset);
    }

    /** Its database below the simulation's directory, with slashes. */
    public String dbPath() {
        return directory + '/' + DATABASE;
    }

    /** The node as the truth has it. */
    public Truth.Node toTruth() {
        return new Truth.Node(machine.name(), name, dbPath(), generation.name(), journal.pragma(),
                journal == JournalMode.WAL_CRASHED);
    }

    /** Some layouts that operators have; one puts a {@code Rubix} inside a {@code Rubix}. */
    private static String above(int position) {
        return switch (position) {
            case NESTED -> "SafePass/Rubix/";
            case WALLET -> "wallets/";
            default -> "";
        };
    }
}
