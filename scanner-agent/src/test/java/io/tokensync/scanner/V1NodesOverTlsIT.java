package io.tokensync.scanner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.NodeGeneration;
import io.tokensync.common.model.TokenRow;
import io.tokensync.scanner.fixture.TestAgent;
import io.tokensync.scanner.fixture.V1Nodes;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.postgres.PostgresSettings;
import io.tokensync.scanner.source.postgres.PostgresSettings.SslMode;
import io.tokensync.simulator.Simulation;
import io.tokensync.simulator.SimulationPlan;
import io.tokensync.testkit.postgres.PostgresServer;
import io.tokensync.testkit.tls.TlsCertificate;

import static org.assertj.core.api.Assertions.assertThat;

/** Encrypted connections to the databases of nodes of v1. */
class V1NodesOverTlsIT {
    private final TlsCertificate certificate = TlsCertificate.ofServer();

    @TempDir
    private Path directory;
    private Path nodes;
    private V1Nodes v1;

    @BeforeEach
    void aNode() throws Exception {
        v1 = new V1Nodes(PostgresServer.startWithTls(certificate));
        nodes = directory.resolve("nodes");
        Simulation.write(SimulationPlan.of(nodes, 1, 10, 5).withMachines(1).flawless(), v1.plan(1, 200));
    }

    @AfterEach
    void stop() {
        if (v1 != null) {
            v1.close();
        }
    }

    @Test
    void aServerThatProvesWhoItIsMayHaveThePasswordItself() throws Exception {
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            v1.server.authenticateBy("password");
            assertThat(agent.cycle().problems()).extracting(Problem::kind)
                    .containsExactly(ProblemKind.POSTGRES_LOGIN);
            agent.restart(config -> config.postgres = settings(SslMode.VERIFY_FULL, certificate));
            assertThat(agent.cycle().problems()).isEmpty();
            V1Nodes.assertIsTheTruth(agent, nodes);
            assertThat(encryptedSessions()).isPositive();
        }
    }

    @Test
    void aServerThatAnotherAuthorityVouchesForIsNotLoggedInTo() throws Exception {
        try (TestAgent agent = v1.agent(nodes, directory.resolve("state"))) {
            for (SslMode mode : new SslMode[]{SslMode.VERIFY_CA, SslMode.VERIFY_FULL}) {
                agent.restart(config -> config.postgres = settings(mode, TlsCertificate.ofServer()));
                assertThat(agent.cycle().problems()).as("%s", mode).singleElement()
                        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.POSTGRES_CERTIFICATE));
            }
            assertThat(agent.topic.records()).isNotEmpty()
                    .noneMatch(record -> record.change() instanceof Change.Upsert(TokenRow row)
                            && row.generation() == NodeGeneration.V1);
            agent.restart(config -> config.postgres = settings(SslMode.REQUIRE, certificate));
            assertThat(agent.cycle().problems()).isEmpty();
            assertThat(encryptedSessions()).isPositive();
        }
    }

    private PostgresSettings settings(SslMode mode, TlsCertificate authority) {
        PostgresSettings standard = PostgresSettings.of(V1Nodes.superuser());
        return new PostgresSettings(standard.login(), mode, Optional.of(authorities(authority)), standard.schema(),
                standard.timeouts(), standard.nodes());
    }

    private Path authorities(TlsCertificate authority) {
        try {
            return Files.writeString(directory.resolve("authorities.pem"), authority.pem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long encryptedSessions() throws Exception {
        try (Connection connection = v1.server.connect(PostgresServer.USER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a"
                        + " USING (pid) WHERE s.ssl AND a.application_name = 'tokensync-scanner'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
