package io.tokensync.monitor;

import java.util.List;

import io.tokensync.common.config.DeclaredKeys;
import io.tokensync.common.config.KeySection;
import io.tokensync.monitor.alert.AlertSettings;
import io.tokensync.monitor.audit.AuditSettings;
import io.tokensync.monitor.lookout.LookoutConfig;
import io.tokensync.monitor.page.PageSettings;
import io.tokensync.monitor.topology.Patience;

/** The keys of the monitor. */
public final class MonitorKeys implements DeclaredKeys {
    @Override
    public List<KeySection> sections() {
        return List.of(Patience.KEYS, LookoutConfig.KEYS, PageSettings.KEYS, AuditSettings.KEYS, AlertSettings.KEYS);
    }
}
