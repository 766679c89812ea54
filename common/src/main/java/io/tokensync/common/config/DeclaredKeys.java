package io.tokensync.common.config;

import java.util.List;

/** What a module declares; found by {@link java.util.ServiceLoader}, so that each process knows the keys of the others. */
@FunctionalInterface
public interface DeclaredKeys {
    List<KeySection> sections();
}
