package io.tokensync.simulator.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tokensync.simulator.content.Mint;

/**
 * The keys of a node's own DIDs and of those with whom it deals, and what it has of them on disk: the public ones of its own
 * and of the strangers that it has met.
 */
public final class NodeKeys {
    /** In every file that nobody but the node may read. */
    public static final String NEVER_TO_BE_READ = "never to be read by anybody but the node";
    /** Files beside the public keys of own DIDs, which hold {@link #NEVER_TO_BE_READ}. */
    public static final List<String> SECRET_FILES = List.of("pvtKey.pem", "mnemonic.txt");
    private static final int OWN = 3;
    private static final int STRANGERS = 20;
    /** Strangers from this one on have no public key on disk. */
    private static final int MET = 12;
    /** A part of a public key, as a copy that was interrupted leaves it. */
    private static final int CUT = 60;

    private final List<SigningKey> own;
    private final List<SigningKey> strangers;
    private final Map<String, SigningKey> byDid = new HashMap<>();

    private NodeKeys(List<SigningKey> own, List<SigningKey> strangers) {
        this.own = own;
        this.strangers = strangers;
        Stream.concat(own.stream(), strangers.stream()).forEach(key -> byDid.put(key.did(), key));
    }

    /**
     * The keys of a node.
     *
     * @param node its number
     * @param others number of the strangers, which several nodes may have in common
     */
    public static NodeKeys of(Mint mint, int node, int others) {
        return new NodeKeys(keys(mint, node, OWN), keys(mint, others, STRANGERS));
    }

    /** One of its own keys; differs with the number. */
    public SigningKey own(long number) {
        return own.get((int) (number % OWN));
    }

    /** The key of a stranger; differs with the number. */
    public SigningKey stranger(long number) {
        return strangers.get((int) (number % STRANGERS));
    }

    /** The key of this DID; empty when it is neither its own nor a stranger's. */
    public Optional<SigningKey> find(String did) {
        return Optional.ofNullable(byDid.get(did));
    }

    /** Whether {@link #write} leaves the public key of this DID on disk. */
    boolean atHand(String did) {
        return Stream.concat(own.stream(), strangers.stream().limit(MET)).anyMatch(key -> key.did().equals(did));
    }

    /**
     * Writes what a node has of its keys.
     *
     * @param directory of the DIDs
     * @param flawed whether there are DIDs whose public key is missing or cut off
     */
    public void write(Path directory, boolean flawed) throws IOException {
        for (SigningKey key : own) {
            write(directory, key, key.pem());
            for (String name : SECRET_FILES) {
                Files.writeString(directory.resolve(key.did()).resolve(name),
                        NEVER_TO_BE_READ + ": " + name + " of " + key.did() + '\n');
            }
        }
        for (SigningKey key : strangers.subList(0, MET)) {
            write(directory, key, key.pem());
        }
        if (flawed) {
            Files.createDirectories(directory.resolve(stranger(MET).did()));
            SigningKey cut = stranger(MET + 1);
            write(directory, cut, cut.pem().substring(0, CUT));
        }
    }

    private static void write(Path directory, SigningKey key, String pem) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve(key.did())).resolve(SigningKey.PUBLIC_KEY), pem);
    }

    private static List<SigningKey> keys(Mint mint, int number, int count) {
        return IntStream.range(0, count).mapToObj(i -> SigningKey.of(mint.dice("key", number, i))).toList();
    }
}
