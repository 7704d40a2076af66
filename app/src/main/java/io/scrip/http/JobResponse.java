package io.scrip.http;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.NOT_REQUIRED;
import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.micronaut.serde.annotation.Serdeable;
import io.scrip.vault.RekeyJob;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A re-key job.
 *
 * @param total keys and rows that were due when it began
 * @param done how many of them it has looked at
 * @param failed how many of those did not open, and were left as they were
 * @param rate keys and rows a second since it began
 * @param timeLeft at that rate, ISO 8601
 */
@Serdeable
@Schema(name = "RekeyJob")
public record JobResponse(
    @Schema(requiredMode = REQUIRED) long id,
    @Schema(
            requiredMode = REQUIRED,
            types = "string",
            allowableValues = {"rewrap", "reseal", "redigest", "all"})
        String what,
    @Schema(
            requiredMode = REQUIRED,
            types = "string",
            allowableValues = {"running", "done", "incomplete"})
        String state,
    @Schema(requiredMode = REQUIRED) long total,
    @Schema(requiredMode = REQUIRED) long done,
    @Schema(requiredMode = REQUIRED) long failed,
    @Schema(requiredMode = REQUIRED) double rate,
    @Schema(requiredMode = NOT_REQUIRED, implementation = String.class, format = "duration")
        Optional<String> timeLeft,
    @Schema(requiredMode = REQUIRED) Instant startedAt,
    @Schema(requiredMode = REQUIRED) Instant updatedAt,
    @Schema(requiredMode = NOT_REQUIRED) Optional<Instant> endedAt) {

  static JobResponse of(RekeyJob job) {
    return new JobResponse(
        job.id(),
        job.kind().word(),
        job.state().word(),
        job.total(),
        job.done(),
        job.failed(),
        Math.round(job.rate() * 10) / 10.0,
        job.timeLeft().map(Duration::toString),
        job.startedAt(),
        job.updatedAt(),
        job.endedAt());
  }

  /** Latest first. */
  @Serdeable
  @Schema(name = "RekeyJobs")
  public record All(@Schema(requiredMode = REQUIRED) List<JobResponse> jobs) {}
}
