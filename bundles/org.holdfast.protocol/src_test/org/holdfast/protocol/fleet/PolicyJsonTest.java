package org.holdfast.protocol.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;

import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.protocol.common.Json;
import org.junit.jupiter.api.Test;

class PolicyJsonTest {
    @Test
    void fillsInWhatAPersonLeavesOut() throws IOException {
        Policy policy = Json.read("""
                {"name":"web","items":["/srv"],"exclusions":{"globs":["*.tmp"]},
                 "plan":{"schedule":{"kind":"daily","times":["06:00","22:30"]}},
                 "retention":{"daily":7},"bandwidth":{"workRate":1000000},"before":{"command":"dump"}}""",
                Policy.class);

        assertEquals(new RunPlan(new Schedule.Daily(List.of(LocalTime.of(6, 0), LocalTime.of(22, 30))), "",
                Duration.ZERO, true), policy.plan());
        assertEquals(new Exclusions(List.of("*.tmp"), -1, false, List.of(".nobackup"), false), policy.exclusions());
        assertEquals(new RetentionRule(0, 7, 0, 0, 0), policy.retention());
        assertEquals(ChangeDetection.DEFAULT, policy.changeDetection());
        assertEquals(List.of(), PolicyCheck.check(policy));
    }

    @Test
    void readsTheStandardPolicyBack() throws IOException {
        Policy policy = Policy.standard("standard");

        assertEquals(policy, Json.read(Json.bytes(policy), Policy.class));
        assertEquals(List.of(), PolicyCheck.check(policy));
    }

    @Test
    void refusesAnUnknownKindOfSchedule() {
        assertThrows(IOException.class,
                () -> Json.read("{\"name\":\"x\",\"plan\":{\"schedule\":{\"kind\":\"moon\"}}}", Policy.class));
    }

    @Test
    void namesTheFieldsAtFault() throws IOException {
        Policy policy = Json.read("""
                {"name":"-web","items":["/srv","srv/../etc","relative"],"exclusions":{"globs":[""],"largerThan":-7},
                 "plan":{"zone":"Mars/Olympus","jitter":"PT13H","schedule":{"kind":"weekly","everyWeeks":99}},
                 "retention":{"daily":-1},"bandwidth":{"workRate":511999,"otherRate":1023000001},
                 "before":{"command":"../rm","timeout":"PT0S"},"level":20,"warningThreshold":-1}""", Policy.class);

        var fields = PolicyCheck.check(policy).stream().map(FieldProblem::field).collect(Collectors.toSet());
        for (String field : List.of("name", "items[1]", "items[2]", "exclusions.globs[0]", "exclusions.largerThan",
                "plan.zone", "plan.jitter", "plan.schedule.everyWeeks", "plan.schedule.days", "plan.schedule.times",
                "retention.daily", "bandwidth.workRate", "bandwidth.otherRate", "before.command", "before.timeout",
                "level", "warningThreshold")) {
            assertTrue(fields.remove(field), field);
        }
        assertEquals(java.util.Set.of(), fields);
    }
}
