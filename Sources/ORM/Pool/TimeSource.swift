/// The clock that time-outs, pauses and measured durations go by, whatever its type.
///
/// Instants are told as the time since the source was made, so that state machines compute with plain durations.
struct TimeSource: Sendable {
    /// The time since the source was made.
    let now: @Sendable () -> Duration
    /// Waits; throws `CancellationError` when the task is cancelled meanwhile.
    let sleep: @Sendable (Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(for: $0) }
    }
}
