package io.tokensync.common.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the settings so far, in the order of discovery; the same sentence counts once. */
final class Problems {
    private final Set<String> sentences = new LinkedHashSet<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    int count() {
        return sentences.size();
    }

    List<String> all() {
        return List.copyOf(sentences);
    }
}
