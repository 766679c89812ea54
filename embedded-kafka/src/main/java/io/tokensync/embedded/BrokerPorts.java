package io.tokensync.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The two ports of a node. They are remembered in the directory, so that clients find the next run at the same address.
 *
 * @param broker where clients connect
 * @param controller where the broker reaches the controller
 */
record BrokerPorts(int broker, int controller) {
    private static final String FILE = "ports.properties";
    private static final String BROKER = "broker.port";
    private static final String CONTROLLER = "controller.port";

    /** The wanted broker port, or when that is 0 the one of the last run if it is free, or any. */
    static BrokerPorts choose(Path directory, int wanted) throws IOException {
        BrokerPorts last = read(directory);
        int broker = wanted != 0 ? wanted : freeOrAny(last.broker, 0);
        return new BrokerPorts(broker, freeOrAny(last.controller, broker));
    }

    /** Other ports than those of the last run; the wanted broker port stays. */
    static BrokerPorts fresh(int wanted) throws IOException {
        int broker = wanted != 0 ? wanted : freeOrAny(0, 0);
        return new BrokerPorts(broker, freeOrAny(0, broker));
    }

    void remember(Path directory) throws IOException {
        Properties properties = new Properties();
        properties.setProperty(BROKER, Integer.toString(broker));
        properties.setProperty(CONTROLLER, Integer.toString(controller));
        try (Writer out = Files.newBufferedWriter(directory.resolve(FILE))) {
            properties.store(out, null);
        }
    }

    private static BrokerPorts read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
        return new BrokerPorts(port(properties.getProperty(BROKER)), port(properties.getProperty(CONTROLLER)));
    }

    /** What cannot be read is no reason to fail: another port is as good. */
    private static int port(String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static int freeOrAny(int port, int taken) throws IOException {
        if (port > 0 && port != taken && isFree(port)) {
            return port;
        }
        int any;
        do {
            try (ServerSocket socket = bind(0)) {
                any = socket.getLocalPort();
            }
        } while (any == taken);
        return any;
    }

    static boolean isFree(int port) {
        try (ServerSocket _ = bind(port)) {
            return true;
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException | IllegalArgumentException e) {
            socket.close();
            throw e;
        }
    }
}
