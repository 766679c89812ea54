package io.tokensync.cli.terminal;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import io.tokensync.common.address.DatabaseAddress;
import io.tokensync.common.address.JdbcUrl;

/** Secrets among the arguments of a command: while it runs, every user of the machine reads them in the list of processes. */
public final class TypedSecrets {
    private static final String WARNING = " holds a secret that every user of this machine can read in the list of"
            + " processes, and that shells keep in their history; better ";

    private TypedSecrets() {}

    /** A warning for each option that was given with a secret in it; the secret is not repeated. */
    public static List<String> warnings(ParseResult parsed) {
        List<String> warnings = new ArrayList<>();
        for (ParseResult command = parsed; command != null; command = command.subcommand()) {
            List<String> arguments = command.originalArgs();
            for (OptionSpec option : command.matchedOptions()) {
                String name = option.longestName();
                if (option.interactive() && isTyped(arguments, option)) {
                    warnings.add(
                            name + WARNING + name + " without a value, which asks for it, or " + name + "-file FILE");
                } else if (name.equals("--sql")
                        && option.originalStringValues().stream().anyMatch(TypedSecrets::hasSecret)) {
                    warnings.add(name + WARNING
                            + "--sql-file FILE, or --sql-password-file FILE beside an address without it");
                }
            }
        }
        return warnings;
    }

    /** Whether the value stands among the arguments, and was not asked for. */
    private static boolean isTyped(List<String> arguments, OptionSpec option) {
        for (String name : option.names()) {
            int at = arguments.indexOf(name);
            boolean follows = at >= 0 && at + 1 < arguments.size() && !arguments.get(at + 1).startsWith("-");
            if (follows || arguments.stream().anyMatch(argument -> argument.startsWith(name + "="))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasSecret(String address) {
        try {
            JdbcUrl url = DatabaseAddress.parse(address).url();
            return !url.toText().equals(url.toMaskedText());
        } catch (IllegalArgumentException _) {
            return false; // the command says what is wrong with it
        }
    }
}
