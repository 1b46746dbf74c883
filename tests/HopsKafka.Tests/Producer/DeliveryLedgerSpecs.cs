using HopsKafka.Producer;

namespace HopsKafka.Tests.Producer;

public sealed class DeliveryLedgerSpecs
{
    [Fact]
    public void The_resume_step_is_the_first_that_was_not_delivered_for_every_sensor()
    {
        var ledger = new DeliveryLedger([10, 10]);

        Assert.Equal(10, ledger.ResumeStep);
        Deliver(ledger, (0, 10), (0, 11), (0, 12));
        Assert.Equal(10, ledger.ResumeStep);
        Deliver(ledger, (1, 10));
        Assert.Equal(11, ledger.ResumeStep);
        Deliver(ledger, (1, 11), (1, 12));
        Assert.Equal(13, ledger.ResumeStep);
    }

    [Fact]
    public void Where_sensors_start_at_steps_of_their_own_the_resume_step_is_that_of_the_one_that_is_behind()
    {
        var ledger = new DeliveryLedger([5, 9, 7]);

        Assert.Equal(5, ledger.ResumeStep);
        Deliver(ledger, (0, 5), (0, 6), (0, 7));
        Assert.Equal(7, ledger.ResumeStep);
        Deliver(ledger, (2, 7), (2, 8), (0, 8), (0, 9), (2, 9));
        Assert.Equal(9, ledger.ResumeStep);
    }

    [Fact]
    public void A_gap_holds_the_resume_step_back_until_it_is_filled()
    {
        var ledger = new DeliveryLedger([0]);

        Deliver(ledger, (0, 0), (0, 2), (0, 3), (0, 5));
        Assert.Equal(1, ledger.ResumeStep);
        Deliver(ledger, (0, 1));
        Assert.Equal(4, ledger.ResumeStep);
        Deliver(ledger, (0, 4));
        Assert.Equal(6, ledger.ResumeStep);
    }

    [Fact]
    public void Every_event_is_in_flight_delivered_or_failed()
    {
        var ledger = new DeliveryLedger([0]);
        for (var i = 0; i < 5; i++)
        {
            ledger.AddProduced(0, i);
        }

        ledger.AddDelivered(0, 0, partition: 1);
        ledger.AddDelivered(0, 1, partition: 0);
        ledger.AddDelivered(0, 2, partition: 1);
        var first = ledger.AddFailed();
        var second = ledger.AddFailed();

        Assert.Equal((5, 3, 2, 0), (ledger.Produced, ledger.Delivered, ledger.Failed, ledger.InFlight));
        Assert.Equal((true, false), (first, second));
        Assert.Equal([new(0, 1), new(1, 2)], ledger.PerPartition);
    }

    [Fact]
    public void An_event_that_was_left_behind_neither_handed_over_nor_failed_is_missed()
    {
        var ledger = new DeliveryLedger([0]);
        ledger.AddProduced(0, 0);
        ledger.AddHandled();
        Assert.Equal(0, ledger.Lost);

        ledger.AddProduced(0, 1);
        ledger.RemoveProduced(0, 1);
        ledger.AddHandled();

        Assert.Equal(1, ledger.Lost);
    }

    [Fact]
    public void An_event_that_came_back_is_not_missed_whether_it_is_sent_again_or_not()
    {
        var ledger = new DeliveryLedger([0]);
        ledger.AddProduced(0, 0);
        ledger.AddHandled();
        ledger.AddReturned();
        Assert.Equal(0, ledger.Lost);

        ledger.AddProduced(0, 0);
        ledger.AddHandled();

        Assert.Equal(0, ledger.Lost);
    }

    [Fact]
    public void Reports_from_many_threads_are_all_counted()
    {
        const int Steps = 20_000;
        var ledger = new DeliveryLedger([0, 0, 0, 0]);

        Parallel.For(0, 4, sensor =>
        {
            for (var step = 0; step < Steps; step++)
            {
                ledger.AddProduced(sensor, step);
                ledger.AddDelivered(sensor, step, sensor % 2);
            }
        });

        Assert.Equal((4 * Steps, 0), (ledger.Delivered, ledger.InFlight));
        Assert.Equal(Steps, ledger.ResumeStep);
        Assert.Equal([new(0, 2 * Steps), new(1, 2 * Steps)], ledger.PerPartition);
    }

    private static void Deliver(DeliveryLedger ledger, params (int Sensor, long Step)[] events)
    {
        foreach (var (sensor, step) in events)
        {
            ledger.AddDelivered(sensor, step, 0);
        }
    }
}
