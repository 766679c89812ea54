package io.tokensync.monitor.alert;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.table.Search.NodeName;
import io.tokensync.monitor.view.MonitorViews;

/**
 * What the alerts are made of, each as it is at the moment.
 *
 * @param views sessions, agents and what is in flight
 * @param instances the stages' processes
 * @param audit findings in the table
 * @param verifications the latest of each node that has one, its columns by name
 */
public record AlertSources(MonitorViews views, Supplier<List<StageInstance>> instances, Supplier<AuditView> audit,
        Supplier<Map<NodeName, Map<String, Object>>> verifications) {}
