package io.tokensync.chaos.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TcpLinkTest {
    private static final int SOON_MILLIS = 300;

    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    private ServerSocket echo;
    private TcpLink link;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket client = echo.accept();
                    Thread.ofVirtual().start(() -> echo(client));
                } catch (IOException _) {
                    // Closed.
                }
            }
        });
        link = TcpLink.open(0, echo.getLocalPort(), duration -> {
            if (duration.isPositive()) {
                slept.add(duration);
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        echo.close();
    }

    @Test
    void carriesBothWaysAndTheEnd() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 42)).isEqualTo(42);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aCutEndsWhatIsOpenAndRejectsWhatComes() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            link.cut();
            assertThatThrownBy(() -> ask(client, 2)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> {
            try (Socket client = connect()) {
                ask(client, 3);
            }
        }).isInstanceOf(IOException.class);
        link.heal();
        try (Socket client = connect()) {
            assertThat(ask(client, 4)).isEqualTo(4);
        }
    }

    @Test
    void aSilentLinkKeepsItsConnectionsAndDeliversLater() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            link.silence();
            client.setSoTimeout(SOON_MILLIS);
            assertThatThrownBy(() -> ask(client, 2)).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(0);
            link.heal();
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void aSlowLinkWaitsWithEachChunk() throws IOException {
        try (Socket client = connect()) {
            link.slow(Duration.ofMillis(123));
            assertThat(ask(client, 1)).isEqualTo(1);
            assertThat(slept).hasSizeGreaterThanOrEqualTo(2).containsOnly(Duration.ofMillis(123));
            link.heal();
            slept.clear();
            assertThat(ask(client, 2)).isEqualTo(2);
            assertThat(slept).isEmpty();
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), link.port());
    }

    private static int ask(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        int answer = client.getInputStream().read();
        if (answer < 0) {
            throw new IOException("ended");
        }
        return answer;
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException _) {
            // The link has ended it.
        }
    }
}
