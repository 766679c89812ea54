package io.tokensync.scanner.source.sqlite.file;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.tokensync.scanner.source.DatabaseProblemException;
import io.tokensync.scanner.source.DatabaseWatch;

/**
 * Tells which databases nobody has changed since they were read, without reading a table. The stamps of the files decide;
 * where a connection could be held open since the reading, SQLite's own count of commits decides with them, and then a
 * stamp is also believed that is so young that a change might not show in it. One thread.
 */
public final class ChangeWatch implements AutoCloseable {
    private final int most;
    private final DatabaseWatch watch;
    private final Map<Path, Reading> readings = new LinkedHashMap<>();

    /** The last reading of a database. */
    private record Reading(String stamp, HeldConnection connection) {}

    /**
     * @param most connections held open, of the databases that were read last; 0 or more
     */
    public ChangeWatch(int most, DatabaseWatch watch) {
        this.most = most;
        this.watch = watch;
    }

    /** A look at a database: its stamp, and whether it is as it was read. */
    public record Look(DatabaseStamp stamp, boolean unchanged) {}

    /** A database is going to be read: whatever is committed from here on is a change. */
    public void begin(Path file, DatabaseStamp stamp) throws DatabaseProblemException, InterruptedException {
        forget(file);
        HeldConnection held = most == 0 ? null : watch.call(file, "opening it", _ -> HeldConnection.open(file));
        if (held != null) {
            readings.put(file, new Reading(stamp.text(), held));
        }
        if (readings.size() > most) {
            forget(readings.keySet().iterator().next());
        }
    }

    /** The reading has not come to its end, or is not to be relied on. */
    public void forget(Path file) {
        Reading reading = readings.remove(file);
        if (reading != null) {
            watch.close(file, reading.connection::close);
        }
    }

    /** Forgets all databases but these. */
    public void retain(Collection<Path> files) {
        Set<Path> gone = new HashSet<>(readings.keySet());
        gone.removeAll(new HashSet<>(files));
        gone.forEach(this::forget);
    }

    /**
     * Looks whether a database is as it was read.
     *
     * @param remembered what {@link DatabaseStamp#rememberedAt} gave for the last reading; null to have it read
     */
    public Look look(Path file, String remembered) throws DatabaseProblemException, InterruptedException {
        Reading reading = readings.get(file);
        Look look = watch.call(file, "looking at it", _ -> {
            DatabaseStamp now = DatabaseStamp.of(file);
            return new Look(now, isUnchanged(reading, now, remembered));
        });
        if (!look.unchanged) {
            forget(file);
        }
        return look;
    }

    /** As {@link #look} at a database with this stamp. */
    boolean isUnchanged(Path file, DatabaseStamp now, String remembered) {
        boolean unchanged = isUnchanged(readings.get(file), now, remembered);
        if (!unchanged) {
            forget(file);
        }
        return unchanged;
    }

    private static boolean isUnchanged(Reading reading, DatabaseStamp now, String remembered) {
        return reading == null
                ? now.text().equals(remembered)
                : now.isOf(remembered) && reading.stamp.equals(now.text()) && reading.connection.isUnchanged();
    }

    @Override
    public void close() {
        retain(Set.of());
    }
}
