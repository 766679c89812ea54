import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jars of the distribution as the package has them: without native libraries of other systems than Linux on x86-64 with
 * glibc, not compressed, so that the package's own compression sees all of them at once and classes load faster, with one time
 * for all entries, and without signatures, which were of the jars as they had been. Collects the licence texts that are in them, or beside this file for those that have none.
 *
 * <p>Usage: {@code java Repack.java JARS LIB LICENCE-TEXTS LICENCES TIME}
 */
final class Repack {
    private static final Pattern NATIVE = Pattern.compile("(?i).*\\.(so|dll|dylib|jnilib|a)");
    private static final Pattern OF_THIS_SYSTEM = Pattern
            .compile("(org/sqlite/native/Linux/x86_64|org/xerial/snappy/native/Linux/x86_64|linux/amd64"
                    + "|net/jpountz/util/linux/amd64)/[^/]+");
    /** Matrices of a signature scheme that nobody uses, more than a megabyte that no compression makes smaller. */
    private static final Pattern UNUSED = Pattern.compile("org/bouncycastle/pqc/legacy/picnic/.*\\.properties");
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final Pattern LICENCE = Pattern.compile("(?i)(.*/)?(licen[sc]e|notice)(-2\\.0)?(\\.\\w+)?");
    private static final Pattern VERSION = Pattern.compile("(_2\\.13)?-\\d.*\\.jar$");

    private final Path lib;
    private final Path texts;
    private final Path licences;
    private final LocalDateTime time;

    private Repack(Path lib, Path texts, Path licences, Instant time) {
        this.lib = lib;
        this.texts = texts;
        this.licences = licences;
        this.time = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    public static void main(String[] args) throws IOException {
        Repack repack = new Repack(Files.createDirectories(Path.of(args[1])), Path.of(args[2]),
                Files.createDirectories(Path.of(args[3])), Instant.parse(args[4]));
        try (Stream<Path> jars = Files.list(Path.of(args[0]))) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                repack.write(jar);
            }
        }
    }

    private void write(Path jar) throws IOException {
        String name = jar.getFileName().toString();
        boolean licensed = false;
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(lib.resolve(name));
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements();) {
                ZipEntry entry = all.nextElement();
                if (!isWanted(entry.getName())) {
                    continue;
                }
                byte[] content = content(from, entry);
                to.putNextEntry(stored(entry, content));
                to.write(content);
                to.closeEntry();
                if (LICENCE.matcher(entry.getName()).matches()) {
                    Path text = licences.resolve(name).resolve(entry.getName().replace("META-INF/", "").replace('/', '-'));
                    Files.createDirectories(text.getParent());
                    Files.write(text, content);
                    licensed = true;
                }
            }
        }
        if (!licensed) {
            addLicence(name);
        }
    }

    /** Ours, and those under Apache-2.0, have that of the whole; others have a text that lies here by their name. */
    private void addLicence(String jar) throws IOException {
        String artifact = VERSION.matcher(jar).replaceFirst("");
        if (names("ours.list").contains(artifact) || names("apache-2.0.list").contains(artifact)) {
            return;
        }
        Path text = texts.resolve(artifact + ".txt");
        if (!Files.exists(text)) {
            throw new IOException(jar + " has no licence text: put it into " + texts + " as " + artifact
                    + ".txt, or its name into apache-2.0.list");
        }
        Files.copy(text, Files.createDirectories(licences.resolve(jar)).resolve("LICENSE"));
    }

    private List<String> names(String list) throws IOException {
        return Files.readAllLines(texts.resolve(list));
    }

    private static boolean isWanted(String entry) {
        return !UNUSED.matcher(entry).matches() && !SIGNATURE.matcher(entry).matches()
                && (!NATIVE.matcher(entry).matches() || OF_THIS_SYSTEM.matcher(entry).matches());
    }

    private ZipEntry stored(ZipEntry entry, byte[] content) {
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCompressedSize(content.length);
        CRC32 sum = new CRC32();
        sum.update(content);
        stored.setCrc(sum.getValue());
        stored.setTimeLocal(time);
        return stored;
    }

    /** A manifest without the sections of single entries, which are what was signed. */
    private static byte[] withoutSums(byte[] manifest) {
        String text = new String(manifest, StandardCharsets.UTF_8).replace("\r\n", "\n");
        int end = text.indexOf("\n\n");
        return (end < 0 ? text : text.substring(0, end + 2)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] content(ZipFile from, ZipEntry entry) throws IOException {
        try (InputStream in = from.getInputStream(entry)) {
            byte[] content = in.readAllBytes();
            return entry.getName().equals(JarFile.MANIFEST_NAME) ? withoutSums(content) : content;
        }
    }
}
