package io.tokensync.writer.schema;

import java.io.Reader;
import java.io.StringReader;

import org.flywaydb.core.api.resource.LoadableResource;

/** A script for Flyway that stands in no file as it runs. */
final class ScriptText extends LoadableResource {
    private final String name;
    private final String text;

    ScriptText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    @Override
    public Reader read() {
        return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
        return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return name;
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return name;
    }
}
