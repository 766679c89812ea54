package io.tokensync.writer.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which constraint or unique index rejects a row: the server names it in the text of the errors of these numbers, in front
 * of any value. For people alone.
 */
final class ConstraintAtFault {
    /** SQL Server: check and foreign key, unique index, unique constraint; SQLite: all. */
    private static final Set<Integer> NUMBERS = Set.of(547, 2601, 2627, 19);
    private static final Pattern NAMED = Pattern.compile("(?i)(?:(?:constraint|unique index|violation:?) ['\"]"
            + "|check constraint failed: )([\\w$#.]{1,128})");

    private ConstraintAtFault() {}

    /** The name in the first of these that has one. */
    static Optional<String> named(List<SQLException> chain) {
        return chain.stream().filter(link -> NUMBERS.contains(link.getErrorCode()) && link.getMessage() != null)
                .map(link -> NAMED.matcher(link.getMessage())).filter(Matcher::find).map(found -> found.group(1))
                .findFirst();
    }
}
