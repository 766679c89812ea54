package io.tokensync.ipfs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a flatfs block store spreads its files over directories; one line in its file {@code SHARDING}.
 *
 * @param rule which characters of the key name the directory
 * @param length how many
 */
public record FlatfsShard(Rule rule, int length) {
    /** What Kubo writes. */
    public static final FlatfsShard DEFAULT = new FlatfsShard(Rule.NEXT_TO_LAST, 2);

    private static final int MAX_LENGTH = 64;
    private static final Pattern LINE = Pattern
            .compile("/repo/flatfs/shard/v1/(prefix|suffix|next-to-last)/([1-9][0-9]?)");

    /** Which characters of the key name the directory. */
    public enum Rule {
        PREFIX("prefix"),
        SUFFIX("suffix"),
        /** Those before the last one, which spreads badly in base32. */
        NEXT_TO_LAST("next-to-last");

        private final String word;

        Rule(String word) {
            this.word = word;
        }
    }

    public FlatfsShard {
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a shard of " + length + " characters; 1 to " + MAX_LENGTH + " are possible");
        }
    }

    /** The rule of the content of a file {@code SHARDING}; empty when it is none that is known. */
    public static Optional<FlatfsShard> parse(String sharding) {
        Matcher line = LINE.matcher(sharding.strip());
        if (!line.matches()) {
            return Optional.empty();
        }
        int length = Integer.parseInt(line.group(2));
        return length > MAX_LENGTH ? Optional.empty() : Optional.of(new FlatfsShard(rule(line.group(1)), length));
    }

    /** The line of the file {@code SHARDING}, without its line end. */
    public String text() {
        return "/repo/flatfs/shard/v1/" + rule.word + "/" + length;
    }

    /** The directory of a key; a key that is too short is padded with underscores, as flatfs does. */
    public String directory(String key) {
        return switch (rule) {
            case PREFIX -> key.length() >= length ? key.substring(0, length) : key + "_".repeat(length - key.length());
            case SUFFIX -> last(key, length);
            case NEXT_TO_LAST -> last(key, length + 1).substring(0, length);
        };
    }

    private static String last(String key, int count) {
        return key.length() >= count ? key.substring(key.length() - count) : "_".repeat(count - key.length()) + key;
    }

    private static Rule rule(String word) {
        for (Rule rule : Rule.values()) {
            if (rule.word.equals(word)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("no shard rule " + word);
    }
}
