package io.tokensync.monitor.web;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.tokensync.monitor.audit.AuditView;
import io.tokensync.monitor.probe.Backlog;
import io.tokensync.monitor.probe.History.Sample;
import io.tokensync.monitor.probe.StageInstance;
import io.tokensync.monitor.view.MonitorViews;

/**
 * What the page shows. All are asked by many threads and answer at once.
 *
 * @param views sessions, nodes and stages
 * @param instances processes of the stages; empty when the monitor is notified of none
 * @param backlog how far the groups are behind
 * @param history samples for the charts
 * @param audit findings in the table
 * @param silence after how long without a word an agent counts as silent
 * @param workbench what single questions are answered from
 */
public record PageSources(MonitorViews views, Supplier<List<StageInstance>> instances, Supplier<Backlog> backlog,
        Supplier<List<Sample>> history, Supplier<AuditView> audit, Duration silence, Workbench workbench) {
    /** Without a table and without dead letters. */
    public PageSources(MonitorViews views, Supplier<List<StageInstance>> instances, Supplier<Backlog> backlog,
            Supplier<List<Sample>> history, Supplier<AuditView> audit, Duration silence) {
        this(views, instances, backlog, history, audit, silence, Workbench.none());
    }
}
