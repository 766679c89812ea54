package io.tokensync.tds.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a parameter declaration such as {@code @P0 nvarchar(4000),@P1 decimal(38,2)}. */
final class ParameterNames {
    private static final Pattern NAME = Pattern.compile("@\\w+");

    private ParameterNames() {}

    static List<String> read(String declaration) {
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(declaration);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }
}
