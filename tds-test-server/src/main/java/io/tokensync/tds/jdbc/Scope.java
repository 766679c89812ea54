package io.tokensync.tds.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tokensync.tds.protocol.SqlError;
import io.tokensync.tds.protocol.SqlErrorException;
import io.tokensync.tds.sql.Rewrites;
import io.tokensync.tds.types.TypeInfo;

/** The variables of a batch: parameters of its call and what it declares. They become parameters of H2. */
final class Scope {
    private final Map<String, Variable> variables = new HashMap<>();
    private final Globals globals;

    Scope(Globals globals) {
        this.globals = globals;
    }

    private record Variable(TypeInfo type, Object value) {}

    /** Who knows {@code @@TRANCOUNT} and the like. */
    @FunctionalInterface
    interface Globals {
        /** A literal of H2, or null for a name that nobody knows. */
        String literal(String name);
    }

    void declare(String name, TypeInfo type, Object value) {
        variables.put(name.toLowerCase(Locale.ROOT), new Variable(type, value));
    }

    TypeInfo type(String name) throws SqlErrorException {
        Variable variable = variables.get(name.toLowerCase(Locale.ROOT));
        if (variable == null) {
            throw undeclared(name);
        }
        return variable.type();
    }

    Object value(String name) throws SqlErrorException {
        type(name);
        return variables.get(name.toLowerCase(Locale.ROOT)).value();
    }

    private static SqlErrorException undeclared(String name) {
        return new SqlErrorException(new SqlError(137, 2, 15, "Must declare the scalar variable \"" + name + "\"."));
    }

    /** The parameters of one statement, in the order of their places. */
    final class Binding implements Rewrites.Variables {
        private final List<Object> values = new ArrayList<>();

        @Override
        public String expression(String name) throws SqlErrorException {
            if (name.startsWith("@@")) {
                String literal = globals.literal(name.toUpperCase(Locale.ROOT));
                if (literal == null) {
                    throw undeclared(name);
                }
                return literal;
            }
            TypeInfo type = type(name);
            values.add(value(name));
            return "CAST(? AS " + H2Types.cast(type) + ")";
        }

        void bind(PreparedStatement statement) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
        }
    }
}
