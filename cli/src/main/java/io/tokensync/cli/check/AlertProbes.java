package io.tokensync.cli.check;

import java.time.Clock;
import java.util.List;

import io.tokensync.cli.operator.Probe;
import io.tokensync.cli.operator.ProbeGroup;
import io.tokensync.monitor.alert.AlertSettings;
import io.tokensync.monitor.alert.AlertTrial;

/** Whether the channels of alerts are there, and with a message whether it arrives. */
final class AlertProbes {
    private AlertProbes() {}

    static List<ProbeGroup> of(AlertSettings alerts, boolean send, Clock clock) {
        return AlertTrial.of(alerts).stream().map(channel -> ProbeGroup.of(new Probe("alerts", channel.name(),
                send
                        ? "see address and token, and what the other side says of messages"
                        : "see address, proxy and firewall",
                () -> {
                    if (send) {
                        channel.send(clock.instant());
                        return "the test message was taken; see that it has arrived";
                    }
                    channel.reach();
                    return "its server can be reached; --send-test sends a message";
                }))).toList();
    }
}
