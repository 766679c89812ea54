package io.tokensync.enricher.content;

import java.util.List;

import io.tokensync.enricher.content.ContentAnswer.Failed;

/** Asks one source after the other until one has the block; else gives the most telling of their failures. */
public final class FirstFound implements ContentSource {
    private final List<ContentSource> sources;

    /** @param sources at least one, in the order in which they are asked */
    public FirstFound(List<ContentSource> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("no source to ask");
        }
        this.sources = List.copyOf(sources);
    }

    @Override
    public ContentAnswer find(ContentRequest request) throws InterruptedException {
        Failed worst = null;
        for (ContentSource source : sources) {
            switch (source.find(request)) {
                case ContentAnswer.Found found -> {
                    return found;
                }
                case Failed failed -> worst = worst == null ? failed : worst.or(failed);
            }
        }
        return worst;
    }
}
