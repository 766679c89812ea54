package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.tokensync.simulator.truth.Truth;

/**
 * The directory of a simulation. A marker file lists the machines in it, so that it can be told from anybody else's
 * directory, even when the simulation was never finished, and nothing but a simulation is ever deleted.
 */
final class SimulationDirectory {
    static final String MARKER = ".tokensync-simulation";
    /** Truth parts on their way. */
    static final String PARTS = ".truth-parts";

    private static final Pattern MACHINE = Pattern.compile("vm[0-9]{1,3}");

    private SimulationDirectory() {}

    /**
     * Makes the directory, or clears the earlier simulation out of it.
     *
     * @param machines names of the directories that will be in it
     * @throws UnusableDirectoryException when it has anything else in it
     */
    static void claim(Path directory, List<String> machines) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new UnusableDirectoryException(directory + " is a file; give a directory that is new or empty");
        }
        Files.createDirectories(directory);
        if (!isSimulation(directory) && !isEmpty(directory)) {
            throw new UnusableDirectoryException(directory + " has files in it that are not those of a simulation;"
                    + " give a directory that is new, empty or an earlier simulation's");
        }
        clear(directory);
        Files.write(directory.resolve(MARKER), machines);
        Files.createDirectory(directory.resolve(PARTS));
    }

    static boolean isSimulation(Path directory) {
        return Files.isRegularFile(directory.resolve(MARKER));
    }

    private static void clear(Path directory) throws IOException {
        if (!isSimulation(directory)) {
            return;
        }
        Files.deleteIfExists(directory.resolve(Truth.FILE));
        for (String machine : Files.readAllLines(directory.resolve(MARKER))) {
            if (!MACHINE.matcher(machine).matches()) {
                throw new UnusableDirectoryException(directory.resolve(MARKER) + " is not as the simulator writes it;"
                        + " nothing was deleted, remove the directory yourself");
            }
            delete(directory.resolve(machine));
        }
        delete(directory.resolve(PARTS));
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path tree) throws IOException {
        try {
            Files.walkFileTree(tree, new Deletion());
        } catch (NoSuchFileException e) {
            if (Files.exists(tree)) {
                throw e;
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
