package io.tokensync.monitor.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.tokensync.common.metrics.Metrics;
import io.tokensync.common.runtime.Closer;
import io.tokensync.common.time.Sleeper;
import io.tokensync.monitor.probe.Repeating;

/** The alerts, from start to close. */
public final class AlertService implements AutoCloseable {
    private static final Duration OFTEN = Duration.ofSeconds(5);

    private final Closer closer = new Closer();

    private AlertService() {}

    /**
     * Starts watching and telling.
     *
     * @param leads whether it is this monitor that tells
     */
    public static AlertService start(AlertSettings settings, AlertSources sources, BooleanSupplier leads,
            Metrics metrics, Clock clock, Sleeper sleeper) {
        AlertService service = new AlertService();
        JsonPost post = service.closer.register(new JsonPost());
        List<Outbox> outboxes = new ArrayList<>();
        for (AlertChannel channel : channels(settings, post)) {
            outboxes.add(service.closer.register(Outbox.start(channel, metrics, clock, sleeper)));
        }
        Alerts alerts = new Alerts(new AlertRules(sources, settings.pausedAfter(), clock), sources.views(), leads,
                outboxes, settings, clock);
        service.closer.register(Repeating.start("alerts", OFTEN, sleeper, alerts::look));
        return service;
    }

    @Override
    public void close() {
        closer.close();
    }

    private static List<AlertChannel> channels(AlertSettings settings, JsonPost post) {
        List<AlertChannel> channels = new ArrayList<>();
        settings.webhook().ifPresent(url -> channels.add(new Webhook(post, url, settings.installation())));
        settings.bot().ifPresent(bot -> channels.add(new Telegram(post, bot, settings.installation())));
        return channels;
    }
}
