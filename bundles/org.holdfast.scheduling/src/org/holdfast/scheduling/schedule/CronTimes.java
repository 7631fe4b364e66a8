package org.holdfast.scheduling.schedule;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

import org.eclipse.jdt.annotation.Nullable;

/** Five fields of a crontab: minute, hour, day of month, month, day of week. */
final class CronTimes implements Recurrence {
    private final ExecutionTime times;
    private final boolean passing;

    /**
     * @param expression five fields
     * @throws IllegalArgumentException when it is not one; the message says what is wrong
     */
    CronTimes(String expression) {
        Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression)
                .validate();
        times = ExecutionTime.forCron(cron);
        var hour = cron.retrieveFieldsAsMap().get(CronFieldName.HOUR).getExpression();
        passing = hour instanceof Always || hour instanceof Every;
    }

    @Override
    public @Nullable LocalDateTime next(LocalDateTime after) {
        // In a zone without changes: what becomes of hours that come twice or not at all is decided elsewhere.
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime).orElse(null);
    }

    @Override
    public boolean passing() {
        return passing;
    }
}
