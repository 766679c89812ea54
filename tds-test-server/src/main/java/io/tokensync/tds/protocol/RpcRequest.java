package io.tokensync.tds.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tokensync.tds.types.TypeInfo;
import io.tokensync.tds.types.ValueReader;
import io.tokensync.tds.wire.MalformedMessageException;
import io.tokensync.tds.wire.MessageInput;

/**
 * RPCRequest: one call of a procedure, by name or by number (MS-TDS 2.2.6.6). A message may hold several.
 *
 * @param procedure its name in lower case, without schema
 */
public record RpcRequest(String procedure, List<Parameter> parameters) {
    private static final int BY_NUMBER = 0xFFFF;
    private static final int BATCH_FLAG = 0xFF;
    private static final int NO_EXECUTE_FLAG = 0xFE;
    private static final int MOST_PARAMETERS = 2100;
    private static final List<String> NUMBERED = List.of("", "sp_cursor", "sp_cursoropen", "sp_cursorprepare",
            "sp_cursorexecute", "sp_cursorprepexec", "sp_cursorunprepare", "sp_cursorfetch", "sp_cursoroption",
            "sp_cursorclose", "sp_executesql", "sp_prepare", "sp_execute", "sp_prepexec", "sp_prepexecrpc",
            "sp_unprepare");

    public RpcRequest {
        parameters = List.copyOf(parameters);
    }

    /** One parameter; the name is empty where it goes by position. */
    public record Parameter(String name, boolean output, TypeInfo type, Object value) {
        private static final int OUTPUT = 0x01;

        private static Parameter read(int nameLength, MessageInput in) throws IOException {
            String name = in.readText(nameLength);
            int status = in.readByte();
            TypeInfo type = TypeInfo.read(in);
            return new Parameter(name, (status & OUTPUT) != 0, type, ValueReader.read(type, in));
        }
    }

    /** Reads what stands before the first call. */
    public static void readHeaders(MessageInput in) throws IOException {
        AllHeaders.skip(in);
    }

    /** Reads one call and the flag that parts it from the next. */
    public static RpcRequest read(MessageInput in) throws IOException {
        String procedure = procedure(in);
        in.readShort();
        List<Parameter> parameters = new ArrayList<>();
        while (!in.atEnd()) {
            int next = in.readByte();
            if (next == BATCH_FLAG || next == NO_EXECUTE_FLAG) {
                break;
            }
            if (parameters.size() == MOST_PARAMETERS + 4) {
                throw new MalformedMessageException("more than " + MOST_PARAMETERS + " parameters");
            }
            parameters.add(Parameter.read(next, in));
        }
        return new RpcRequest(procedure, parameters);
    }

    private static String procedure(MessageInput in) throws IOException {
        int length = in.readShort();
        if (length != BY_NUMBER) {
            String name = in.readText(length).toLowerCase(Locale.ROOT);
            return name.substring(name.lastIndexOf('.') + 1).replace("[", "").replace("]", "");
        }
        int number = in.readShort();
        if (number >= NUMBERED.size()) {
            throw new MalformedMessageException("procedure number " + number);
        }
        return NUMBERED.get(number);
    }
}
