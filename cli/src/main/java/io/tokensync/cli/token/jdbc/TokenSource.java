package io.tokensync.cli.token.jdbc;

import java.util.List;
import java.util.Optional;

/** The database, asked about tokens. What it answers has an end: a part of it, and that there is more. */
public interface TokenSource {
    /** Who lists the token now, and who has listed it and does no longer. */
    TokenTable holders(String token) throws TokenException;

    /** All its versions, the oldest first. */
    TokenTable versions(String token) throws TokenException;

    /** What its content says, once for each different reading. */
    TokenTable content(String token) throws TokenException;

    /** The rows of the tokens that are parts of this one. */
    TokenTable parts(String token) throws TokenException;

    /** Which tokens are said to be its parents. */
    List<String> parents(String token) throws TokenException;

    /** The latest verification of each node that lists it; empty when nothing verifies nodes here. */
    Optional<TokenTable> verifications(String token) throws TokenException;
}
