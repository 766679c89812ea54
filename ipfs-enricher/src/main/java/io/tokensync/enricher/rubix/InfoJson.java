package io.tokensync.enricher.rubix;

import tools.jackson.core.io.JsonStringEncoder;

/** A flat JSON object, written field by field. */
final class InfoJson {
    private final StringBuilder json = new StringBuilder(96);

    private InfoJson() {}

    static InfoJson ofKind(String kind) {
        return new InfoJson().with("kind", kind);
    }

    InfoJson with(String name, String text) {
        name(name).append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(text)).append('"');
        return this;
    }

    InfoJson with(String name, long number) {
        name(name).append(number);
        return this;
    }

    InfoJson with(String name, boolean flag) {
        name(name).append(flag);
        return this;
    }

    /** A number in its plain form. */
    InfoJson withNumber(String name, String number) {
        name(name).append(number);
        return this;
    }

    @Override
    public String toString() {
        return json + "}";
    }

    private StringBuilder name(String name) {
        return json.append(json.isEmpty() ? '{' : ',').append('"').append(name).append("\":");
    }
}
