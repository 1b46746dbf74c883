using HopsKafka.Sensors;

namespace HopsKafka.Tests.Sensors;

public sealed class SensorSetSpecs
{
    [Fact]
    public void Fewer_sensors_are_the_first_of_the_tutorial()
    {
        Assert.Equal(SensorShape.Tutorial.Take(3), SensorSet.Take(SensorShape.Tutorial, 3));
    }

    [Fact]
    public void Further_sensors_take_the_shapes_again_with_the_documented_phase_shift()
    {
        var sensors = SensorSet.Take(SensorShape.Tutorial, 26);

        Assert.Equal("sensor8", sensors[8].Id);
        Assert.Equal(sensors[0] with { Id = "sensor8", Phase = 61 }, sensors[8]);
        Assert.Equal(sensors[1] with { Id = "sensor17", Phase = 11 }, sensors[17]);
        Assert.Equal(sensors[2] with { Id = "sensor18", Phase = 20 + 23 }, sensors[18]);
        Assert.Equal(26, sensors.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public void Sensors_with_names_of_their_own_are_numbered_from_two()
    {
        SensorShape[] shapes = [new("boiler", 0, 0, 10, 0, 0, 0), new("pump", 0, 0, 10, 0, 0, 0)];

        var ids = SensorSet.Take(shapes, 5).Select(s => s.Id);

        Assert.Equal(["boiler", "pump", "boiler-2", "pump-2", "boiler-3"], ids);
    }

    [Fact]
    public void No_sensor_takes_the_name_of_another()
    {
        SensorShape[] shapes = [new("boiler", 0, 0, 10, 0, 0, 0), new("boiler-2", 0, 0, 10, 0, 0, 0)];

        var ids = SensorSet.Take(shapes, 6).Select(s => s.Id);

        Assert.Equal(["boiler", "boiler-2", "boiler-3", "boiler-2-2", "boiler-4", "boiler-2-3"], ids);
    }
}
