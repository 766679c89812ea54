package io.tokensync.ipfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IpfsRepositoryTest {
    @TempDir
    private Path machine;
    private Path database;

    @BeforeEach
    void node() throws IOException {
        Path rubix = Files.createDirectories(machine.resolve("node1/Rubix"));
        database = rubix.resolve("rubix.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "datastore", "blocks", "version"})
    void theRepositoryOfTheNodeIsFoundByAnyOfItsEntries(String entry) throws IOException {
        Path repository = Files.createDirectories(machine.resolve("node1/.ipfs"));
        assertThat(IpfsRepository.find(database)).isEmpty();
        Files.createDirectory(repository.resolve(entry));
        assertThat(IpfsRepository.find(database)).contains(repository);
    }

    @Test
    void theNearestOneWins() throws IOException {
        repository(machine);
        assertThat(IpfsRepository.find(database)).contains(machine.resolve(".ipfs"));
        repository(machine.resolve("node1"));
        assertThat(IpfsRepository.find(database)).contains(machine.resolve("node1/.ipfs"));
    }

    @Test
    void tenLevelsAreLookedAt() throws IOException {
        repository(machine);
        Path ninth = machine.resolve("1/2/3/4/5/6/7/8/9");
        assertThat(IpfsRepository.find(ninth.resolve("rubix.db"))).isPresent();
        assertThat(IpfsRepository.find(ninth.resolve("10/rubix.db"))).isEmpty();
    }

    @Test
    void aFileOfThatNameIsNoRepository() throws IOException {
        Files.createFile(machine.resolve("node1/.ipfs"));
        assertThat(IpfsRepository.find(database)).isEmpty();
    }

    private static void repository(Path directory) throws IOException {
        Files.createFile(Files.createDirectories(directory.resolve(".ipfs")).resolve("config"));
    }

    @Test
    void theApiOfARunningDaemonIsInItsFile(@TempDir Path repository) throws IOException {
        assertThat(IpfsRepository.api(repository)).isEmpty();
        Path file = repository.resolve("api");
        Files.writeString(file, "/ip4/127.0.0.1/tcp/5003\n");
        assertThat(IpfsRepository.api(repository)).contains("/ip4/127.0.0.1/tcp/5003");
        for (String other : List.of("", "nonsense", "/ip4/" + "1".repeat(1_000))) {
            Files.writeString(file, other);
            assertThat(IpfsRepository.api(repository)).isEmpty();
        }
    }
}
