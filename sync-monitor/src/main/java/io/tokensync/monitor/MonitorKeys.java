package io.tokensync.monitor;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;
import io.tokensync.monitor.alert.AlertSettings;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.probe.StageEndpoints;
import io.tokensync.monitor.reconciliation.streams.Timeouts;
import io.tokensync.monitor.web.PageSettings;

/** The keys of the monitor. */
public final class MonitorKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(Timeouts.KEYS, StageEndpoints.KEYS, PageSettings.KEYS, AuditSettings.KEYS, AlertSettings.KEYS);
    }
}
