package org.holdfast.protocol.internal;

import java.util.Map;

import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.notify.NotificationRule;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Exclusions;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;

/**
 * How values of {@code api}, which know nothing of JSON, are written: the kinds of schedules by a property {@code
 * kind}, and what a person may leave out of a policy.
 */
public final class ValueModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final Map<Class<?>, String> DEFAULTS = Map.of(
            Policy.class, "{\"version\":0,\"level\":0,\"reportPaths\":false,\"warningThreshold\":0}",
            DrillRule.class, "{\"everyDays\":30,\"percent\":1,\"files\":100,\"bytes\":1073741824}",
            RunPlan.class, "{\"catchUp\":true}",
            Schedule.Weekly.class, "{\"everyWeeks\":1}",
            RetentionRule.class, "{\"last\":0,\"daily\":0,\"weekly\":0,\"monthly\":0,\"yearly\":0}",
            Bandwidth.class, "{\"workRate\":0,\"otherRate\":0,\"throttleRestores\":false}",
            Exclusions.class, "{\"globs\":[],\"largerThan\":-1,\"cacheDirectories\":false,"
                    + "\"markerFiles\":[\".nobackup\"],\"oneFileSystem\":false}",
            ChangeDetection.class, "{\"changeTime\":true,\"inode\":true,\"readAll\":false}",
            NotificationRule.class, "{\"enabled\":true,\"settled\":false}",
            SoftDelete.class, "{\"days\":14,\"always\":false}");

    /** The module. */
    public ValueModule() {
        super("holdfast-values");
        setMixInAnnotation(Schedule.class, ScheduleKinds.class);
        setDeserializerModifier(new FillsIn());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({ @JsonSubTypes.Type(value = Schedule.Daily.class, name = "daily"),
            @JsonSubTypes.Type(value = Schedule.Weekly.class, name = "weekly"),
            @JsonSubTypes.Type(value = Schedule.Cron.class, name = "cron") })
    private interface ScheduleKinds {
    }

    private static final class FillsIn extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription description,
                JsonDeserializer<?> deserializer) {
            String defaults = DEFAULTS.get(description.getBeanClass());
            return defaults == null ? deserializer : new WithDefaults(deserializer, defaults);
        }
    }
}
